/**
 * What the model is judged by must not be what it has learnt from, and what it is shown must not know the answer. Streets
 * are simulated in the test's own process, judged as footage is, and scored by the shipped model.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FootageLine } from '@wayside/contracts/footage';
import { auc, calibrationError } from '@wayside/models/metrics/metrics';
import { readModel } from '@wayside/models/model/model-file';
import { openScorer } from '@wayside/models/model/scorer';
import { openBackend } from '@wayside/models/runtime/backend';
import { SHIPPED_MODEL } from '@wayside/models/shipped';
import { examplesOf, type Example } from '@wayside/pipeline/app/evaluation/example';
import { footageJudge } from '@wayside/pipeline/app/evaluation/judge-footage';
import { EVALUATION_SEEDS, THRESHOLD_SEEDS } from '@wayside/pipeline/cli/evaluate';
import { loadProfileFiles } from '@wayside/pipeline/main/profile-files';
import { footageOf } from '@wayside/simulators/footage/footage';
import { planStreets } from '@wayside/simulators/street/layouts';

const SEED = 990;
const text = readFileSync(SHIPPED_MODEL, 'utf8');
const profile = loadProfileFiles().find(({ id }) => id === 'cn');

function footage(): readonly FootageLine[] {
  const plans = planStreets({ seed: SEED, sites: 5, busyness: 2, lawlessShare: 0.55, daringShare: 0.9 });
  return plans.flatMap((plan) => [...footageOf({ plan, seed: SEED, severity: 'fair', seconds: 240 })]);
}

function judged(lines: readonly FootageLine[]): readonly Example[] {
  if (!profile) throw new Error('no law profile "cn"');
  const judge = footageJudge(profile, ['lane-and-half', 'whole-crossing']);
  const scenes = [...lines.map((line) => judge.take(line)), judge.end()];
  return scenes.flatMap((scene) => (scene ? examplesOf(scene, profile.road.thresholds) : []));
}

describe('an evaluation', () => {
  let lines: readonly FootageLine[];
  let examples: readonly Example[];
  beforeAll(() => {
    lines = footage();
    examples = judged(lines);
  });

  it('uses no seed that the shipped model was trained or calibrated on, nor one that thresholds were chosen on', () => {
    const { trained } = JSON.parse(text) as { trained: { runs: readonly { readonly seed: number }[] } };
    const learnt = trained.runs.map(({ seed }) => seed);
    expect(learnt.length).toBeGreaterThan(5);
    for (const seed of [...EVALUATION_SEEDS, SEED])
      expect([...learnt, ...THRESHOLD_SEEDS]).not.toContain(seed);
    for (const seed of THRESHOLD_SEEDS) expect(learnt).not.toContain(seed);
  });

  it('shows the model the same whether the truth is there or not', () => {
    const untold = judged(lines.filter(({ kind }) => kind !== 'encounter' && kind !== 'track'));
    expect(examples.length).toBeGreaterThan(100);
    expect(untold.map(({ features }) => features)).toEqual(examples.map(({ features }) => features));
    expect(untold.some(({ guilty }) => guilty['fail-to-yield'])).toBe(false);
    expect(examples.some(({ guilty }) => guilty['fail-to-yield'])).toBe(true);
  });

  it('gives the same examples again', () => {
    expect(judged(footage())).toEqual(examples);
  });

  it('finds the shipped model good on a street it never saw', async () => {
    await openBackend(['wasm']);
    const scorer = openScorer(readModel(text));
    const asked = examples.filter(({ ruled }) => ruled['fail-to-yield']);
    const scores = scorer.score(asked.map(({ features }) => features));
    scorer.close();
    const scored = asked.map(({ guilty }, i) => ({
      score: scores[i]?.['fail-to-yield'] ?? 0,
      positive: guilty['fail-to-yield'],
    }));
    expect(auc(scored)).toBeGreaterThan(0.95);
    expect(calibrationError(scored)).toBeLessThan(0.03);
  });
});
