/** The shipped model as the judge asks it: TensorFlow.js behind the port. */
import { readFile } from 'node:fs/promises';
import type { Opinion } from '@wayside/contracts/verdict';
import { createDrift, type Drift } from '@wayside/models/metrics/drift';
import { INPUTS } from '@wayside/models/features/encounter-features';
import { GROUPS, type Group } from '@wayside/models/features/inputs';
import { readModel } from '@wayside/models/model/model-file';
import { SCORED_RULES, type ScoredRule } from '@wayside/models/model/rules';
import { featuresOf, openScorer, type Asked, type Scorer } from '@wayside/models/model/scorer';
import { openBackend, type Backend } from '@wayside/models/runtime/backend';
import { SHIPPED_MODEL } from '@wayside/models/shipped';
import type { OpinionModel, Question } from '../app/judging/opine.ts';

/** How far what the model is shown lately is from what it learnt from. */
export type InputDrift = Readonly<Partial<Record<Group, number>>>;

export interface EncounterModel extends OpinionModel {
  readonly backend: Backend;
  /** For each group of inputs the largest population stability index; empty until enough was seen. */
  readonly drift: () => InputDrift;
  readonly close: () => void;
}

/** What a person would not look at needs no reasons: the least from which a profile sends what a rule cleared to one. */
const EXPLAINED_FROM = 0.01;
const MOST_INFLUENCES = 5;

/** @throws Error where the file is no model for this version, or no backend loads. */
export async function openEncounterModel(file: URL | string = SHIPPED_MODEL): Promise<EncounterModel> {
  const backend = await openBackend();
  const model = readModel(await readFile(file, 'utf8'));
  const scorer = openScorer(model);
  const drift = createDrift(model.reference);
  return {
    sha256: scorer.hash,
    backend,
    opinionsOn: (questions) => opinionsOn(scorer, drift, questions),
    drift: () => largestByGroup(drift.indices()),
    close: () => scorer.close(),
  };
}

function opinionsOn(
  scorer: Scorer,
  drift: Drift,
  questions: readonly Question[],
): readonly (readonly Opinion[])[] {
  const asked = questions.map((question) => ({ row: featuresOf(question), rules: rulesOf(question) }));
  const known = asked.filter((one): one is Asked => one.row !== undefined);
  for (const { row } of known) drift.add(row);
  const scored = scorer.scoreAsked(known);
  let next = 0;
  return asked.map(({ row, rules }, i) => {
    if (!row) return [];
    const probabilities = scored[next++] ?? [];
    const { findings } = (questions[i] as Question).verdict;
    return rules.map((rule, k) => {
      const probability = probabilities[k] ?? 0;
      const outcome = findings.find((finding) => finding.rule === rule)?.outcome;
      const explains = outcome !== 'clear' || probability >= EXPLAINED_FROM;
      const influences = explains ? scorer.explain(row, rule).slice(0, MOST_INFLUENCES) : [];
      return { rule, probability, influences: [...influences] };
    });
  });
}

const rulesOf = ({ verdict }: Question): readonly ScoredRule[] =>
  SCORED_RULES.filter((rule) => verdict.findings.some((finding) => finding.rule === rule));

function largestByGroup(indices: readonly number[] | undefined): InputDrift {
  if (!indices) return {};
  const of = (group: Group): number => Math.max(...indices.filter((_, j) => INPUTS[j]?.group === group));
  return Object.fromEntries(GROUPS.map((group) => [group, of(group)]));
}
