import { describe, expect, it } from 'vitest';
import type { DecidedCase } from './decided-cases.ts';
import { shadowReport, type ShadowModel } from './shadow.ts';

/** Half of them right; the score that a model gives is looked up by the case's id. */
const cases = Array.from(
  { length: 200 },
  (_, i) => ({ case: String(i), guilty: i % 2 === 0 }) as DecidedCase,
);

const model = (sha256: string, probability: (i: number, guilty: boolean) => number): ShadowModel => ({
  sha256,
  probability: (decided) => probability(Number(decided.case), decided.guilty),
});

const fair = model('a', (i, guilty) => (guilty ? 0.9 : i % 10 === 1 ? 0.8 : 0.2));

describe('a candidate model in shadow', () => {
  it('may replace the one in service where it accuses fewer innocents and catches as many', () => {
    const better = model('b', (_, guilty) => (guilty ? 0.95 : 0.1));
    const report = shadowReport(cases, fair, better, 0.7);
    expect(report).toMatchObject({ mayReplace: true, cases: 200, guilty: 100 });
    expect(report.inService.falselyHeld).toMatchObject({ count: 20, of: 120 });
    expect(report.candidate.falselyHeld).toMatchObject({ count: 0, of: 100 });
  });

  it('may not where it would accuse one innocent more, however well it ranks', () => {
    const bolder = model('b', (i, guilty) => (guilty ? 0.99 : i % 10 === 1 || i === 3 ? 0.75 : 0.1));
    expect(shadowReport(cases, fair, bolder, 0.7)).toMatchObject({
      mayReplace: false,
      because: 'it would accuse more innocents',
    });
  });

  it('may not where it lets the guilty go', () => {
    const shy = model('b', (i, guilty) => (guilty ? (i === 0 ? 0.6 : 0.95) : 0.1));
    expect(shadowReport(cases, fair, shy, 0.7).because).toBe('it would let more of the guilty go');
  });

  it('may not on too few decided cases', () => {
    const report = shadowReport(cases.slice(0, 60), fair, fair, 0.7);
    expect(report).toMatchObject({ mayReplace: false });
    expect(report.because).toMatch(/too few decided cases: 60/);
  });
});
