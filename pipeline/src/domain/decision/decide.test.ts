import type { LawProfile } from '@wayside/contracts/law-profile';
import type { EncounterVerdict, Finding, Opinion } from '@wayside/contracts/verdict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedProfile } from '../../../bench/judge-dut-clips.ts';
import { askedOf, decide, standing, type DecisionTerms } from './decide.ts';

const terms: DecisionTerms = {
  origins: ['camera'],
  steadyMetres: 0.2,
  rules: {
    'fail-to-yield': {
      holdFrom: 0.8,
      holdFromUnsteady: 0.95,
      confirms: { 'close-call': { holdFrom: 0.9, holdFromUnsteady: 0.97 } },
    },
    'stop-on-crosswalk': { holdFrom: 0.8, holdFromUnsteady: 0.95, confirms: {} },
    'overtake-at-crosswalk': { holdFrom: 0.8, holdFromUnsteady: 0.95, confirms: {} },
  },
  reviewFrom: 0.1,
  deadlineMs: 100,
  sources: ['test'],
};
const { road } = shippedProfile('cn');
const law = { road: { ...road, decision: terms } };

const finding = (of: Partial<Finding>): Finding => ({
  rule: 'fail-to-yield',
  outcome: 'infraction',
  reason: 'went-ahead-of-pedestrian',
  explanation: 'It went first.',
  pedestrianTracks: ['7'],
  measures: {},
  points: of.outcome === undefined || of.outcome === 'infraction' ? 3 : 0,
  ...of,
});

const verdict = (...findings: Finding[]): EncounterVerdict => ({
  kind: 'encounter',
  id: '00000000-0000-5000-8000-000000000000',
  outcome: findings[0]?.outcome ?? 'clear',
  occurredAtMs: 1,
  profile: { id: 'cn', version: '2026-07-01' },
  judge: 'judge-1',
  device: 'cam',
  bootId: 'boot',
  findings,
  site: { id: 'site', version: '0'.repeat(64) },
  geometry: 'lane-and-half',
  window: { fromMs: 0, toMs: 1 },
  vehicle: { track: '1', kind: 'car', lengthMetres: 4, widthMetres: 2 },
  pedestrianTracks: ['7'],
  moments: {},
});

const says = (probability: number): Opinion => ({
  rule: 'fail-to-yield',
  probability,
  influences: [
    { group: 'room to stop', logOdds: -2.1 },
    { group: 'vehicle speed', logOdds: 0.4 },
  ],
});

const asked = (...opinions: Opinion[]) => ({
  sha256: 'a'.repeat(64),
  steady: true,
  state: opinions.length === 0 ? ('late' as const) : ('scored' as const),
  opinions,
});

describe('a decision', () => {
  it('lets a red light and a speed stand as the rules have them, late or not: no model is asked about them', () => {
    const red = finding({ rule: 'red-light', reason: 'passed-red', points: 6 });
    const fast = finding({ rule: 'speeding', outcome: 'undecided', reason: 'track-broken', points: 0 });
    for (const said of [asked(), asked(says(0.01))]) {
      const decided = decide(verdict(red, fast), said, law);
      expect(decided.findings).toEqual([red, fast]);
      expect(decided.outcome).toBe('infraction');
    }
  });

  it('lets an infraction stand where the model agrees', () => {
    const decided = decide(verdict(finding({})), asked(says(0.8)), law);
    expect(decided.outcome).toBe('infraction');
    expect(decided.findings[0]).toMatchObject({ reason: 'went-ahead-of-pedestrian', points: 3 });
    expect(decided.findings[0]?.ruled).toBeUndefined();
    expect(decided.model).toMatchObject({ review: false, opinions: [{ probability: 0.8 }] });
  });

  it('sends an infraction that the model doubts to a person, with no points and both reasons', () => {
    const [one] = decide(verdict(finding({})), asked(says(0.62)), law).findings;
    expect(one).toMatchObject({
      outcome: 'undecided',
      reason: 'model-doubts',
      points: 0,
      ruled: { outcome: 'infraction', reason: 'went-ahead-of-pedestrian', explanation: 'It went first.' },
    });
    expect(one?.explanation).toBe(
      'It went first. But the model gives 62 %, where 80 % is asked, moved most by: room to stop (−2.1), ' +
        'vehicle speed (+0.4). A person must look.',
    );
  });

  it('asks for more where the camera is not steady', () => {
    const blurred = { ...asked(says(0.9)), steady: false };
    expect(decide(verdict(finding({})), blurred, law).outcome).toBe('undecided');
    expect(decide(verdict(finding({})), asked(says(0.9)), law).outcome).toBe('infraction');
  });

  it('gives the same decision again from what was recorded', () => {
    const ruled = verdict(finding({}));
    const decided = decide(ruled, asked(says(0.5)), law);
    if (!decided.model) throw new Error('not asked');
    expect(decide(ruled, decided.model, law)).toEqual(decided);
  });

  it('holds nothing on the rule alone where the model did not answer in time', () => {
    const decided = decide(verdict(finding({})), asked(), law);
    expect(decided).toMatchObject({ outcome: 'undecided', model: { state: 'late', review: true } });
    expect(decided.findings[0]).toMatchObject({ reason: 'model-late', points: 0 });
  });

  it('lets the model settle a doubt of measuring, and no other', () => {
    const doubt = (reason: Finding['reason']) => finding({ outcome: 'undecided', reason });
    const settled = decide(verdict(doubt('close-call')), asked(says(0.95)), law);
    expect(settled.findings[0]).toMatchObject({
      outcome: 'infraction',
      points: 3,
      ruled: { reason: 'close-call' },
    });
    const open = decide(verdict(doubt('track-broken')), asked(says(0.95)), law);
    expect(open).toMatchObject({ outcome: 'undecided', model: { review: true } });
    expect(decide(verdict(doubt('close-call')), asked(says(0.85)), law).outcome).toBe('undecided');
  });

  it('asks no person where the rule is unsure of what the model finds harmless', () => {
    const doubt = finding({ outcome: 'undecided', reason: 'close-call' });
    expect(decide(verdict(doubt), asked(says(0.02)), law).model?.review).toBe(false);
  });

  it('asks a person where the model suspects what the rule lets go', () => {
    const decided = decide(
      verdict(finding({ outcome: 'clear', reason: 'no-conflict' })),
      asked(says(0.4)),
      law,
    );
    expect(decided).toMatchObject({ outcome: 'undecided', model: { review: true } });
    expect(decided.findings[0]).toMatchObject({ reason: 'model-suspects', points: 0 });
  });

  it('does not ask a person about an emergency vehicle, however it drove', () => {
    const clear = finding({ outcome: 'clear', reason: 'emergency-vehicle' });
    expect(decide(verdict(clear), asked(says(0.95)), law)).toMatchObject({
      outcome: 'clear',
      model: { review: false },
    });
  });

  it('leaves the rules alone under a profile without terms', () => {
    const without: LawProfile['road'] = { ...law.road };
    delete without.decision;
    const given = verdict(finding({}));
    expect(decide(given, asked(says(0.01)), { road: without })).toBe(given);
  });

  it('never accuses where the rule found the driver clear, nor more readily as the model is less sure', () => {
    const outcome = fc.constantFrom('infraction' as const, 'undecided' as const, 'clear' as const);
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(outcome, probability, probability, (ruled, p, q) => {
        const accuses = (value: number): boolean => {
          const given = { outcome: ruled, reason: 'close-call' as const };
          const stands = standing(given, value, askedOf('fail-to-yield', true, terms));
          return stands === 'confirmed' || (stands === 'as-ruled' && ruled === 'infraction');
        };
        if (ruled === 'clear') expect(accuses(p)).toBe(false);
        if (accuses(Math.min(p, q))) expect(accuses(Math.max(p, q))).toBe(true);
      }),
    );
  });
});
