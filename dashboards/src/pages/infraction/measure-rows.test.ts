import type { LawProfile } from '@wayside/contracts/law-profile';
import { describe, expect, it } from 'vitest';
import { measureRows } from './measure-rows.ts';

const law: LawProfile['road']['thresholds'] = {
  comfortableDecelerationMps2: 3,
  reactionSeconds: 1,
  stoppedMps: 0.25,
  yieldedMps: 1.5,
  maxPetSeconds: 3,
  clearPetSeconds: 2,
  stopOnCrosswalkSeconds: 3,
  minimumFramesPerSecond: 5,
  sources: ['x'],
};

describe('the measures beside their thresholds', () => {
  it('names for each rule what decides it, with the thresholds of the profile', () => {
    const rows = measureRows('fail-to-yield', { petSeconds: 0.8, minSpeedMps: 5 }, law);
    expect(rows[0]).toMatchObject({ value: 0.8, marks: [2, 3], against: 'below' });
    expect(rows[0]?.threshold).toContain('2.0 s');
    expect(rows[1]).toMatchObject({ value: 5, marks: [1.5], against: 'above' });
    expect(measureRows('stop-on-crosswalk', { stoppedSeconds: 6 }, law)[0]).toMatchObject({
      value: 6,
      marks: [3],
    });
    expect(measureRows('seat-refusal', {}, law)).toEqual([]);
    expect(measureRows('overtake-at-crosswalk', { entrySpeedMps: 5 }, law)).toEqual([]);
  });

  it('leaves room on the line for value and thresholds, and shows what was not measurable as such', () => {
    for (const { end, marks, value } of measureRows('fail-to-yield', { petSeconds: 12 }, law))
      expect(end).toBeGreaterThan(Math.max(...marks, value ?? 0));
    expect(measureRows('fail-to-yield', {}, law)[0]?.value).toBeUndefined();
  });

  it('shows the values alone while the profile is not known', () => {
    expect(measureRows('fail-to-yield', { petSeconds: 0.8 }, undefined)[0]).toMatchObject({
      value: 0.8,
      marks: [],
      threshold: undefined,
    });
  });
});
