import { describe, expect, it } from 'vitest';
import { fitCalibration, sigmoid } from '../model/calibration.ts';
import { randomFrom } from '../numbers/random.ts';
import { auc, calibrationError, shareOf } from './metrics.ts';

describe('the area under the curve', () => {
  it('is the share of pairs in the right order, ties counted half', () => {
    const samples = [
      { score: 0.9, positive: true },
      { score: 0.5, positive: false },
      { score: 0.5, positive: true },
      { score: 0.1, positive: false },
    ];
    expect(auc(samples)).toBe(3.5 / 4);
  });
});

describe('a share', () => {
  it('has the interval of Wilson, which knows that none of a few is not never', () => {
    const none = shareOf(0, 20);
    expect(none.share).toBe(0);
    expect(none.high).toBeCloseTo(0.1611, 3);
    expect(shareOf(50, 100).low).toBeCloseTo(0.4038, 3);
  });
});

describe('calibration', () => {
  it('finds the temperature and the shift that were put on', () => {
    const random = randomFrom(9);
    const samples = Array.from({ length: 20_000 }, () => {
      const logit = 4 * random.normal();
      return { logit, positive: random.uniform() < sigmoid(0.5 * logit - 1) };
    });
    const { slope, intercept } = fitCalibration(samples);
    expect(slope).toBeCloseTo(0.5, 1);
    expect(intercept).toBeCloseTo(-1, 1);
    const given = samples.map(({ logit, positive }) => ({
      score: sigmoid(slope * logit + intercept),
      positive,
    }));
    expect(calibrationError(given)).toBeLessThan(0.02);
  });
});
