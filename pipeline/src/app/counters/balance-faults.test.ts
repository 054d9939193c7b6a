import { describe, expect, it } from 'vitest';
import { balanceFaults } from './balance-faults.ts';
import type { CounterName } from './bump.ts';
import type { IntakeTally, StoredCounts } from './stored-counts.ts';

const counts: Partial<Record<CounterName, number>> = {
  'intake.stored': 8,
  'intake.duplicate': 1,
  'intake.deadLettered': 1,
  'judge.judged': 6,
  'record.verdicts': 3,
  'record.infraction': 1,
  'record.clear': 1,
  'record.undecided': 1,
  'holds.infractions': 2,
  'holds.held': 1,
};
const stored = (over: Partial<Record<CounterName, number>> = {}): StoredCounts => ({
  counter: (name) => ({ ...counts, ...over })[name] ?? 0,
  logged: 8,
  committed: 6,
  pending: 1,
});
const tally: IntakeTally = { received: 10, stored: 8, duplicate: 1, deadLettered: 1, inFlight: 0 };
const readings = (late: IntakeTally, early = late) => ({ early, late, before: 0 });

describe('the equations between the rooms', () => {
  it('hold where every message and every infraction went somewhere', () => {
    expect(balanceFaults(stored(), readings(tally))).toEqual([]);
  });

  it.each([
    ['a message stored twice', { 'intake.stored': 9 }, /intake.stored = messages in the log: 9 ≠ 8/],
    ['a message judged twice', { 'judge.judged': 7 }, /judge.judged/],
    ['a verdict without an outcome', { 'record.clear': 0 }, /record.verdicts/],
    ['a hold from nowhere', { 'holds.held': 2 }, /holds.infractions/],
  ] as const)('name %s', (_what, over, fault) => {
    expect(balanceFaults(stored(over), undefined).join()).toMatch(fault);
  });

  it('allow for what intake stores while the database is read', () => {
    const early = { ...tally, received: 9, stored: 6, inFlight: 1 };
    expect(balanceFaults(stored(), readings(tally, early))).toEqual([]);
  });

  it('name what intake acknowledged and nobody stored', () => {
    const lost = { ...tally, received: 12, stored: 10 };
    expect(balanceFaults(stored(), readings(lost)).join()).toMatch(/answered 12 messages, but only 10/);
  });

  it('name what is stored and intake never received, unless the store failed it', () => {
    const fewer = { ...tally, received: 9, stored: 7 };
    expect(balanceFaults(stored(), readings(fewer)).join()).toMatch(/received only 9/);
    expect(balanceFaults(stored(), readings({ ...fewer, refused: 1 }))).toEqual([]);
  });

  it('name a tally that contradicts itself', () => {
    expect(balanceFaults(stored(), readings({ ...tally, inFlight: 2 })).join()).toMatch(/in flight/);
  });
});
