/** The shipped model as the judge asks it: TensorFlow.js behind the port. */
import { readFile } from 'node:fs/promises';
import type { Opinion } from '@wayside/contracts/verdict';
import { readModel } from '@wayside/models/model/model-file';
import { SCORED_RULES } from '@wayside/models/model/rules';
import { featuresOf, openScorer, type Scorer } from '@wayside/models/model/scorer';
import { openBackend, type Backend } from '@wayside/models/runtime/backend';
import { SHIPPED_MODEL } from '@wayside/models/shipped';
import type { OpinionModel, Question } from '../app/judging/opine.ts';

export interface EncounterModel extends OpinionModel {
  readonly backend: Backend;
  readonly close: () => void;
}

/** What a person would not look at needs no reasons. */
const EXPLAINED_FROM = 0.02;
const MOST_INFLUENCES = 5;

/** @throws Error where the file is no model for this version, or no backend loads. */
export async function openEncounterModel(file: URL | string = SHIPPED_MODEL): Promise<EncounterModel> {
  const backend = await openBackend();
  const scorer = openScorer(readModel(await readFile(file, 'utf8')));
  return {
    sha256: scorer.hash,
    backend,
    opinionsOn: (questions) => opinionsOn(scorer, questions),
    close: () => scorer.close(),
  };
}

function opinionsOn(scorer: Scorer, questions: readonly Question[]): readonly (readonly Opinion[])[] {
  const rows = questions.map(featuresOf);
  const known = rows.filter((row) => row !== undefined);
  const probabilities = scorer.score(known);
  let next = 0;
  return rows.map((row, i) => {
    if (!row) return [];
    const scores = probabilities[next++];
    const findings = questions[i]?.verdict.findings ?? [];
    return SCORED_RULES.filter((rule) => findings.some((finding) => finding.rule === rule)).map((rule) => {
      const probability = scores?.[rule] ?? 0;
      const outcome = findings.find((finding) => finding.rule === rule)?.outcome;
      const explains = outcome !== 'clear' || probability >= EXPLAINED_FROM;
      const influences = explains ? scorer.explain(row, rule).slice(0, MOST_INFLUENCES) : [];
      return { rule, probability, influences: [...influences] };
    });
  });
}
