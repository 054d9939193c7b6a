import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { blankEncounter } from '../features/blank-encounter.ts';
import { encounterFeatures, INPUTS } from '../features/encounter-features.ts';
import { GROUPS } from '../features/inputs.ts';
import { randomFrom } from '../numbers/random.ts';
import { BACKENDS, openBackend, SCORE_TOLERANCE, type Backend } from '../runtime/backend.ts';
import { SHIPPED_LOGISTIC, SHIPPED_MODEL } from '../shipped.ts';
import { readModel } from './model-file.ts';
import { openScorer, type Probabilities } from './scorer.ts';

const text = readFileSync(SHIPPED_MODEL, 'utf8');
const random = randomFrom(3);
const rows = Array.from({ length: 300 }, () =>
  Float32Array.from({ length: INPUTS.length }, () => 3 * random.normal()),
);

async function scoresOn(backend: Backend): Promise<readonly Probabilities[] | undefined> {
  const opened = await openBackend([backend]).catch(() => undefined);
  if (opened === undefined) return undefined;
  const scorer = openScorer(readModel(text));
  try {
    return scorer.score(rows);
  } finally {
    scorer.close();
  }
}

describe('the shipped model', () => {
  it('is small, and names the inputs that this version makes', () => {
    expect(text.length + readFileSync(SHIPPED_LOGISTIC, 'utf8').length).toBeLessThan(1_000_000);
    expect(readModel(text).inputs).toEqual(INPUTS.map(({ name }) => name));
    expect(new Set(INPUTS.map(({ name }) => name)).size).toBe(INPUTS.length);
    for (const { group } of INPUTS) expect(GROUPS).toContain(group);
  });

  it('is known by a hash that changes with its content', () => {
    const file = JSON.parse(text) as { calibration: { slope: number }[] };
    const [first] = file.calibration;
    if (first) first.slope += 0.001;
    expect(readModel(text).hash).toBe(readModel(text).hash);
    expect(readModel(JSON.stringify(file)).hash).not.toBe(readModel(text).hash);
  });

  it('refuses trees that do not fit together', () => {
    const spoilt = (change: (file: { forests: { numbers: string }[] }) => void): string => {
      const file = JSON.parse(text) as { forests: { numbers: string }[] };
      change(file);
      return JSON.stringify(file);
    };
    expect(() => readModel(spoilt(({ forests }) => forests.pop()))).toThrow(/some of its outputs/);
    expect(() =>
      readModel(spoilt(({ forests: [first] }) => first && (first.numbers = first.numbers.slice(8)))),
    ).toThrow(/other nodes/);
  });

  it('refuses a model that was trained on other inputs', async () => {
    await openBackend(['wasm']);
    const model = readModel(text);
    expect(() => openScorer({ ...model, inputs: ['another', ...model.inputs.slice(1)] })).toThrow(
      /other inputs/,
    );
  });
});

/** libtensorflow is optional (`npm run native`). */
const hasNative = await openBackend(['tensorflow']).then(
  () => true,
  () => false,
);

describe('a score', () => {
  const scores = new Map<Backend, readonly Probabilities[]>();
  beforeAll(async () => {
    for (const backend of BACKENDS) {
      const found = await scoresOn(backend);
      if (found) scores.set(backend, found);
    }
  });

  it('is the same on every backend of this machine, within the tolerance', () => {
    const wasm = scores.get('wasm');
    expect([...scores.keys()]).toEqual(expect.arrayContaining(['wasm', 'cpu']));
    let largest = 0;
    for (const [i, one] of (wasm ?? []).entries())
      for (const others of scores.values())
        largest = Math.max(largest, Math.abs(one['fail-to-yield'] - (others[i]?.['fail-to-yield'] ?? 0)));
    expect(largest).toBeLessThanOrEqual(SCORE_TOLERANCE);
  });

  it.skipIf(!hasNative)('is the same on libtensorflow as on WASM, within the tolerance', () => {
    const [wasm, native] = [scores.get('wasm') ?? [], scores.get('tensorflow') ?? []];
    expect(native).toHaveLength(rows.length);
    for (const [i, one] of native.entries())
      for (const [rule, probability] of Object.entries(one))
        expect(Math.abs(probability - (wasm[i]?.[rule as keyof typeof one] ?? 1))).toBeLessThanOrEqual(
          SCORE_TOLERANCE,
        );
  });

  it('does not depend on what else is in its batch', async () => {
    await openBackend(['wasm']);
    const scorer = openScorer(readModel(text));
    const together = scorer.score(rows);
    const alone = rows.slice(0, 20).map((row) => scorer.score([row])[0]);
    scorer.close();
    for (const [i, one] of alone.entries())
      expect(one?.['fail-to-yield']).toBeCloseTo(together[i]?.['fail-to-yield'] ?? 0, 2);
  });

  it('says what moved it, the strongest first', async () => {
    await openBackend(['wasm']);
    const scorer = openScorer(readModel(text));
    const influences = scorer.explain(rows[0] as Float32Array, 'fail-to-yield');
    scorer.close();
    expect(influences.length).toBeGreaterThan(0);
    const strengths = influences.map(({ logOdds }) => Math.abs(logOdds));
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
  });
});

describe('the inputs', () => {
  it('are finite numbers even of an encounter of which nothing is known', () => {
    const features = encounterFeatures(blankEncounter());
    expect(features).toHaveLength(INPUTS.length);
    expect([...(features ?? [])].every(Number.isFinite)).toBe(true);
  });

  it('are none where there is no track', () => {
    expect(encounterFeatures({ ...blankEncounter(), tracks: [] })).toBeUndefined();
  });
});
