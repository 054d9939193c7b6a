/** A checker that never finds anything proves nothing: each kind of wrong, made by hand, is found, and said as what it is. */
import { describe, expect, it } from 'vitest';
import { check, isSound } from './checker.ts';
import type { FindingKind } from './finding.ts';
import type { Snapshot } from './snapshot.ts';
import { ACKNOWLEDGED_MS, LAST, players, rightSnapshot, run } from './right-house.ts';

type Change = (right: Snapshot) => Partial<Snapshot>;
const changeFirst = <T>(of: readonly T[], change: Partial<T>): readonly T[] =>
  of.map((one, index) => (index === 0 ? { ...one, ...change } : one));

/** Each with what must be found; more may be, because one wrong often shows in more than one place. */
const WRONGS: readonly { readonly what: string; readonly kind: FindingKind; readonly change: Change }[] = [
  {
    what: 'an acknowledged message that is not stored',
    kind: 'lost',
    change: ({ stored }) => ({ stored: changeFirst(stored, { to: LAST }) }),
  },
  {
    what: 'a stored message that no judge has passed',
    kind: 'lost',
    change: ({ judged }) => ({ judged: changeFirst(judged, { from: 2 }) }),
  },
  {
    what: 'a dead letter that is gone',
    kind: 'lost',
    change: () => ({ letters: [] }),
  },
  {
    what: 'a verdict that is missing',
    kind: 'lost',
    change: ({ verdicts }) => ({ verdicts: verdicts.slice(1) }),
  },
  {
    what: 'an infraction that is missing',
    kind: 'lost',
    change: ({ infractions }) => ({ infractions: infractions.slice(1) }),
  },
  {
    what: 'a hold that is marked as placed and is not there',
    kind: 'lost',
    change: ({ transfers }) => ({ transfers: transfers.slice(2) }),
  },
  {
    what: 'a message that was never sent',
    kind: 'phantom',
    change: ({ stored }) => ({ stored: changeFirst(stored, { to: LAST + 5 }) }),
  },
  {
    what: 'a message of a device that does not play',
    kind: 'phantom',
    change: ({ stored }) => ({ stored: [...stored, { device: 'x', bootId: 'boot-0001', from: 1, to: 2 }] }),
  },
  {
    what: 'a message under the boot of another',
    kind: 'phantom',
    change: ({ stored }) => ({ stored: changeFirst(stored, { bootId: 'boot-0009' }) }),
  },
  {
    what: 'a good message among the dead letters',
    kind: 'phantom',
    change: ({ letters }) => ({ letters: [...letters, { sha256: 'bad', reason: 'clock-ahead' }] }),
  },
  {
    what: 'a verdict of which nobody knows',
    kind: 'phantom',
    change: ({ verdicts }) => ({
      verdicts: [...verdicts, { id: 'v', key: 'k', device: 'd', outcome: 'clear' }],
    }),
  },
  {
    what: 'an infraction where all was well',
    kind: 'phantom',
    change: ({ infractions, verdicts }) => ({
      infractions: [
        ...infractions,
        {
          ...{ id: 'i', account: 'road:x', points: 3 },
          verdictId: verdicts.find(({ outcome }) => outcome === 'clear')?.id ?? '',
        },
      ],
    }),
  },
  {
    what: 'a message that stands twice in the log',
    kind: 'doubled',
    change: ({ stored }) => ({ stored: [...stored, ...changeFirst(stored, { to: 2 }).slice(0, 1)] }),
  },
  {
    what: 'a verdict twice',
    kind: 'doubled',
    change: ({ verdicts }) => ({
      verdicts: [...verdicts, ...changeFirst(verdicts, { id: 'v2' }).slice(0, 1)],
    }),
  },
  {
    what: 'two infractions of one verdict',
    kind: 'doubled',
    change: ({ infractions }) => ({
      infractions: [...infractions, ...changeFirst(infractions, { id: 'i2' }).slice(0, 1)],
    }),
  },
  {
    what: 'two holds for one infraction',
    kind: 'doubled',
    change: ({ transfers }) => ({
      transfers: [...transfers, { ...transfers[1], id: 'h2' } as (typeof transfers)[0]],
    }),
  },
  {
    what: 'another outcome',
    kind: 'wrong-verdict',
    change: ({ verdicts }) => ({ verdicts: changeFirst(verdicts, { outcome: 'nonsense' }) }),
  },
  {
    what: 'an infraction on another account',
    kind: 'wrong-account',
    change: ({ infractions }) => ({ infractions: changeFirst(infractions, { account: 'road:other' }) }),
  },
  {
    what: 'a hold on another account',
    kind: 'wrong-account',
    change: ({ transfers }) => ({ transfers: changeFirst(transfers, { account: 'road:other' }) }),
  },
  {
    what: 'an infraction of other points',
    kind: 'wrong-points',
    change: ({ infractions }) => ({ infractions: changeFirst(infractions, { points: 12 }) }),
  },
  {
    what: 'a hold of other points',
    kind: 'wrong-points',
    change: ({ transfers }) => ({ transfers: changeFirst(transfers, { points: 12 }) }),
  },
  {
    what: 'a hold that is due and not placed',
    kind: 'never-held',
    change: ({ due }) => ({ due: changeFirst(due, { placed: false }) }),
  },
  {
    what: 'a hold both posted and released',
    kind: 'resolved-twice',
    change: ({ transfers }) => ({
      transfers: [...transfers, { ...transfers.at(-1), id: 'r', kind: 'release' } as (typeof transfers)[0]],
    }),
  },
  {
    what: 'a hold resolved by nobody',
    kind: 'phantom',
    change: ({ transfers }) => ({
      transfers: [
        ...transfers,
        { ...transfers[1], id: 'r', kind: 'release', holdId: 'hold-1' } as (typeof transfers)[0],
      ],
    }),
  },
  {
    what: 'a balance that is not the fold of its transfers',
    kind: 'unbalanced',
    change: ({ balances }) => ({ balances: changeFirst(balances, { held: 99 }) }),
  },
  {
    what: 'a balance of nobody',
    kind: 'unbalanced',
    change: ({ balances }) => ({ balances: [...balances, { account: 'x', held: 0, posted: 0 }] }),
  },
  {
    what: 'a counter that counts otherwise',
    kind: 'not-conserved',
    change: ({ counters }) => ({ counters: { ...counters, 'judge.judged': 1 } }),
  },
  {
    what: 'a cursor that went back',
    kind: 'not-conserved',
    change: ({ log }) => ({ log: { ...log, committed: 7 } }),
  },
  {
    what: 'evidence that is out of its chain',
    kind: 'not-conserved',
    change: ({ evidence }) => ({ evidence: changeFirst(evidence, { previous: 'l9' }) }),
  },
];

describe('the checker', () => {
  it('finds nothing where all is right, and says how much it looked at', () => {
    const checked = check(rightSnapshot(), run);
    expect(checked.examples).toEqual([]);
    expect(isSound(checked)).toBe(true);
    expect(checked.compared).toMatchObject({
      acknowledged: LAST * players.length,
      undetermined: 0,
      resolutions: 1,
    });
    expect(checked.compared.infractions).toBeGreaterThan(10);
  });

  it.each(WRONGS)('finds $what', ({ kind, change }) => {
    const right = rightSnapshot();
    const checked = check({ ...right, ...change(right) }, run);
    expect(checked.counts[kind]).toBeGreaterThan(0);
    expect(isSound(checked)).toBe(false);
  });

  it('holds against nobody what a killed broker of others had acknowledged shortly before, and counts it', () => {
    const right = rightSnapshot();
    const without = (device: string) =>
      right.stored.map((row) => (row.device === device ? { ...row, to: LAST } : row));
    const lostBy = (device: string, killedAtMs: number) =>
      check(
        { ...right, stored: without(device), judged: without(device) },
        { ...run, brokerKillsMs: [killedAtMs] },
      );
    const shortlyBefore = lostBy('broker-hand-1', ACKNOWLEDGED_MS + 1_000);
    expect(shortlyBefore.compared.lostByBroker).toBe(1);
    expect(shortlyBefore.examples.filter(({ detail }) => detail.startsWith('broker-hand-1/40 '))).toEqual([]);
    expect(lostBy('broker-hand-1', ACKNOWLEDGED_MS + 60_000).counts.lost).toBeGreaterThan(0);
    expect(lostBy('house-hand-1', ACKNOWLEDGED_MS + 1_000).counts.lost).toBeGreaterThan(0);
  });
});
