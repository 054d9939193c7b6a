import { beforeAll, describe, expect, it } from 'vitest';
import { auc } from '../metrics/metrics.ts';
import { randomFrom } from '../numbers/random.ts';
import { openBackend } from '../runtime/backend.ts';
import { openForward } from './forward.ts';
import { scalingOf } from './layers.ts';
import { trainNetwork, type TrainingRow } from './train.ts';

const OPTIONS = {
  seed: 5,
  hidden: [8],
  epochs: 30,
  batch: 32,
  learningRate: 0.02,
  weightDecay: 0.01,
  inputNoise: 0,
  dropout: 0,
} as const;

/** Inside a ring: no line parts the two. */
function ring(count: number, seed: number): readonly TrainingRow[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const [x, y] = [random.normal(), random.normal()];
    return { inputs: Float32Array.of(x, y), targets: [Math.hypot(x, y) < 1 ? 1 : 0], weight: 1 };
  });
}

describe('training', () => {
  beforeAll(() => openBackend(['wasm']));

  it('learns what no line could part', () => {
    const rows = ring(600, 1);
    const scaling = scalingOf(rows.map(({ inputs }) => inputs));
    const forward = openForward({ scaling, members: [trainNetwork(rows, scaling, OPTIONS)] });
    const tried = ring(400, 2);
    const logits = forward.logits(tried.map(({ inputs }) => inputs));
    forward.close();
    const area = auc(tried.map(({ targets }, i) => ({ score: logits[i] ?? 0, positive: targets[0] === 1 })));
    expect(area).toBeGreaterThan(0.95);
  });

  it('gives the same weights for the same seed, and others for another', () => {
    const rows = ring(64, 3);
    const scaling = scalingOf(rows.map(({ inputs }) => inputs));
    const weights = (seed: number) =>
      trainNetwork(rows, scaling, { ...OPTIONS, epochs: 2, seed }).map((layer) => [...layer.weights]);
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)).not.toEqual(weights(2));
  });

  it('does not learn from a target that a row does not tell', () => {
    const rows = ring(64, 4).map((row) => ({ ...row, targets: [undefined] }));
    const scaling = scalingOf(rows.map(({ inputs }) => inputs));
    const layers = trainNetwork(rows, scaling, { ...OPTIONS, epochs: 3, weightDecay: 0 });
    expect(layers.flatMap(({ biases }) => [...biases]).every((bias) => bias === 0)).toBe(true);
  });
});
