/** A run of a house that did everything right, and what stands in its database: for tests that then spoil it. */
import type { Told } from '../fates/told.ts';
import { castOf } from '../oracle/cast.ts';
import { expectedOf, PRICES } from '../oracle/expected.ts';
import { bootIdOf, stepOf } from '../oracle/script.ts';
import type { RunEvidence } from './evidence-of-run.ts';
import type { Snapshot } from './snapshot.ts';

export const LAST = 40;
export const ACKNOWLEDGED_MS = 1_000_000;
export const players = castOf({
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
export const run: RunEvidence = {
  players,
  told,
  last: new Map(players.map(({ device }) => [device, LAST])),
  expected,
  brokerKillsMs: [],
  mayBeResolved: (holdId) => holdId === 'hold-0',
};

/** A house that did everything right. */
export function rightSnapshot(): Snapshot {
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
