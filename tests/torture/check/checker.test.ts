/** A checker that never finds anything proves nothing: each kind of wrong, made by hand, is found, and said as what it is. */
import { describe, expect, it } from 'vitest';
import type { Told } from '../fates/told.ts';
import { castOf } from '../oracle/cast.ts';
import { expectedOf, PRICES } from '../oracle/expected.ts';
import { stepOf, bootIdOf } from '../oracle/script.ts';
import { check, isSound } from './checker.ts';
import type { RunEvidence } from './evidence-of-run.ts';
import type { FindingKind } from './finding.ts';
import type { Snapshot } from './snapshot.ts';

const LAST = 40;
const ACKNOWLEDGED_MS = 1_000_000;
const players = castOf({
  seed: 3,
  startMs: 0,
  doors: ['house', 'broker'],
  cameras: 1,
  handhelds: 1,
  raws: 0,
});
const expected = players.flatMap((player) => expectedOf(player, LAST, PRICES));
const sequences = Array.from({ length: LAST }, (_, index) => index + 1);

const told: Told = {
  acknowledged: new Map(
    players.map(({ device }) => [device, new Map(sequences.map((one) => [one, ACKNOWLEDGED_MS]))]),
  ),
  refused: new Map(),
  unknown: new Map(),
  lastSent: new Map(),
  poison: new Map([['f00', 'house-hand-1']]),
};
const run: RunEvidence = {
  players,
  told,
  last: new Map(players.map(({ device }) => [device, LAST])),
  expected,
  brokerKillsMs: [],
  mayBeResolved: (holdId) => holdId === 'hold-0',
};

/** A house that did everything right. */
function rightSnapshot(): Snapshot {
  const stored = players.map((player) => ({
    device: player.device,
    bootId: bootIdOf(stepOf(player, 1).boot),
    from: 1,
    to: LAST + 1,
  }));
  const verdicts = expected.map(({ key, device, outcome }) => ({ id: `v-${key}`, key, device, outcome }));
  const infractions = expected
    .filter(({ outcome }) => outcome === 'infraction')
    .map(({ key, account, points }) => ({ id: `i-${key}`, verdictId: `v-${key}`, account, points }));
  const owing = infractions.filter(({ account }) => account !== null);
  const holds = owing.map(({ id, account, points }, index) => ({
    ...{ id: `hold-${index}`, kind: 'hold', account: account ?? '', debit: 'a', credit: 'b' },
    ...{ points, holdId: null, infractionId: id },
  }));
  const [first] = holds;
  const post = { ...first, id: 'post-0', kind: 'post', holdId: 'hold-0' } as Snapshot['transfers'][number];
  const balances = [...new Set(holds.map(({ account }) => account))].map((account) => {
    const held = holds
      .filter((hold) => hold.account === account)
      .reduce((sum, { points }) => sum + points, 0);
    const posted = account === first?.account ? first.points : 0;
    return { account, held: held - posted, posted };
  });
  const count = (outcome: string) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const messages = LAST * players.length;
  return {
    stored,
    judged: stored,
    verdicts,
    infractions,
    evidence: infractions.map(({ id }, index) => ({
      ...{ infractionId: id, chain: '0', position: index + 1, link: `l${index}` },
      previous: index === 0 ? null : `l${index - 1}`,
    })),
    due: owing.map(({ id, account, points }, index) => ({
      ...{ holdId: `hold-${index}`, infractionId: id, account: account ?? '', points, placed: true },
    })),
    transfers: [...holds, post],
    balances,
    letters: [{ sha256: 'f00', reason: 'not-json' }],
    counters: {
      'intake.stored': messages,
      'intake.deadLettered': 1,
      'judge.judged': messages + 2,
      'record.verdicts': verdicts.length,
      'record.infraction': count('infraction'),
      'record.clear': count('clear'),
      'record.undecided': count('undecided'),
      'holds.infractions': infractions.length,
      'holds.held': holds.length,
    },
    log: { external: true, head: messages + 2, committed: messages + 2, copies: 2 },
  };
}

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
