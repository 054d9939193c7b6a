import { describe, expect, it } from 'vitest';
import { planStreets, type StreetOptions } from '../street/layouts.ts';
import { openStreet, runFor } from '../street/street.ts';
import { truthRecorder } from './recorder.ts';
import { STANDING_ON_CROSSWALK_SECONDS } from './thresholds.ts';
import type { TrueEncounter } from './truth-line.ts';

function encountersOf(options: StreetOptions, seconds: number): TrueEncounter[] {
  const encounters: TrueEncounter[] = [];
  for (const plan of planStreets(options)) {
    const street = openStreet(plan, options.seed);
    const truth = truthRecorder(street, 0);
    runFor(street, seconds, () => encounters.push(...truth.observe()));
  }
  return encounters;
}

const lawless = encountersOf({ seed: 11, sites: 8, lawlessShare: 0.6, daringShare: 0.9, busyness: 2 }, 900);
const failed = (encounter: TrueEncounter): boolean => encounter.failToYield['lane-and-half'] === 'infraction';

describe('the truth about a street', () => {
  it('has drivers who failed to yield, of every disposition that does so', () => {
    const dispositions = new Set(lawless.filter(failed).map(({ disposition }) => disposition));
    expect([...dispositions].sort()).toEqual(
      expect.arrayContaining(['overtakes', 'refuses', 'rolls', 'unseeing']),
    );
    expect(lawless.some(({ stopOnCrosswalk }) => stopOnCrosswalk.outcome === 'infraction')).toBe(true);
    expect(lawless.some(({ overtakeAtCrosswalk }) => overtakeAtCrosswalk.outcome === 'infraction')).toBe(
      true,
    );
  });

  it('is that a wider geometry finds whatever a narrower one does', () => {
    for (const { failToYield } of lawless) {
      if (failToYield['lane-and-half'] === 'infraction')
        expect(failToYield['own-and-next-lane']).toBe('infraction');
      if (failToYield['own-and-next-lane'] === 'infraction')
        expect(failToYield['whole-crossing']).toBe('infraction');
    }
  });

  it('is that who let somebody go first, or could not stop, has done nothing to that person', () => {
    for (const { pedestrians } of lawless)
      for (const meeting of pedestrians) {
        const answer = meeting.answers['lane-and-half'];
        if (answer.outcome === 'clear') continue;
        expect(meeting.firstThrough).toBe('vehicle');
        expect(meeting.requiredDecelerationMps2['lane-and-half']).toBeLessThanOrEqual(3);
        expect(meeting.heldSeconds >= 0.5 || (meeting.petSeconds ?? Infinity) < 3).toBe(true);
      }
  });

  it('never blames a vehicle with blue lights', () => {
    const emergencies = lawless.filter(({ emergency }) => emergency);
    expect(emergencies.length).toBeGreaterThan(0);
    for (const { failToYield, stopOnCrosswalk, overtakeAtCrosswalk } of emergencies)
      expect([
        ...Object.values(failToYield),
        stopOnCrosswalk.outcome,
        overtakeAtCrosswalk.outcome,
      ]).not.toContain('infraction');
  });

  it('is that drivers who all yield hardly ever fail to', () => {
    const lawful = encountersOf({ seed: 12, sites: 8, lawlessShare: 0, daringShare: 0.9 }, 900);
    expect(lawful.length).toBeGreaterThan(200);
    expect(lawful.filter(failed).length / lawful.length).toBeLessThan(0.004);
  });

  it('has moments in their order, and says when a vehicle stood too long', () => {
    for (const { lineAtMs, entryAtMs, exitAtMs, standingSeconds, stopOnCrosswalk } of lawless) {
      expect(lineAtMs).toBeLessThanOrEqual(entryAtMs ?? 0);
      expect(entryAtMs).toBeLessThan(exitAtMs ?? 0);
      if (stopOnCrosswalk.outcome === 'infraction')
        expect(standingSeconds).toBeGreaterThanOrEqual(STANDING_ON_CROSSWALK_SECONDS);
    }
    const stood = lawless.filter(({ standingSeconds }) => standingSeconds >= STANDING_ON_CROSSWALK_SECONDS);
    expect(stood.map(({ stopOnCrosswalk }) => stopOnCrosswalk.reason)).toEqual(
      expect.arrayContaining(['stood-on-crosswalk', 'stopped-for-pedestrian']),
    );
  });
});
