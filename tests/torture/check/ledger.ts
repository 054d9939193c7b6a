/** Points: each hold stands once, on whom and as much as it must; balances are the fold of the transfers. */
import type { RunEvidence } from './evidence-of-run.ts';
import { finding, type Finding } from './finding.ts';
import type { InfractionRow, Snapshot, TransferRow } from './snapshot.ts';
import { grouped } from './verdicts.ts';

export function checkLedger(snapshot: Snapshot, run: RunEvidence): readonly Finding[] {
  return [...checkHolds(snapshot), ...checkResolutions(snapshot, run), ...checkBalances(snapshot)];
}

const owes = ({ account, points }: InfractionRow): boolean => account !== null && points > 0;

function checkHolds({ infractions, due, transfers }: Snapshot): readonly Finding[] {
  const dueOf = grouped(due, ({ infractionId }) => infractionId);
  const holdsOf = grouped(
    transfers.filter(({ kind }) => kind === 'hold'),
    ({ infractionId }) => infractionId ?? '',
  );
  const known = new Set(infractions.map(({ id }) => id));
  return [
    ...infractions.flatMap((infraction) => {
      const { id } = infraction;
      const wanted = owes(infraction) ? 1 : 0;
      const holds = holdsOf.get(id) ?? [];
      const waiting = (dueOf.get(id) ?? []).filter(({ placed }) => !placed).length;
      return [
        ...counted('due holds', id, dueOf.get(id)?.length ?? 0, wanted),
        ...(waiting > 0
          ? [finding('never-held', `infraction ${id}: points are due and were never held`)]
          : []),
        ...(waiting === 0 ? counted('holds', id, holds.length, wanted) : []),
        ...holds.flatMap((hold) => compareHold(infraction, hold)),
      ];
    }),
    ...[...holdsOf.keys()]
      .filter((id) => !known.has(id))
      .map((id) => finding('phantom', `a hold for ${id}, which is no infraction`)),
  ];
}

function counted(what: string, id: string, found: number, wanted: number): readonly Finding[] {
  if (found === wanted) return [];
  if (found < wanted) return [finding('lost', `infraction ${id} has no ${what}`)];
  return [finding(wanted === 0 ? 'phantom' : 'doubled', `infraction ${id} has ${found} ${what}`)];
}

function compareHold({ id, account, points }: InfractionRow, hold: TransferRow): readonly Finding[] {
  const findings: Finding[] = [];
  if (hold.account !== account)
    findings.push(finding('wrong-account', `the hold for ${id} is on ${hold.account}`));
  if (hold.points !== points)
    findings.push(finding('wrong-points', `the hold for ${id} takes ${hold.points}, not ${points}`));
  return findings;
}

const isResolution = ({ kind }: TransferRow): boolean => kind === 'post' || kind === 'release';

function checkResolutions({ transfers }: Snapshot, { mayBeResolved }: RunEvidence): readonly Finding[] {
  const holds = new Map(transfers.filter(({ kind }) => kind === 'hold').map((hold) => [hold.id, hold]));
  const resolutions = grouped(transfers.filter(isResolution), ({ holdId }) => holdId ?? '');
  return [...resolutions].flatMap(([holdId, of]) => {
    const hold = holds.get(holdId);
    if (!hold) return [finding('phantom', `${of.length} resolution(s) of ${holdId}, which is no hold`)];
    const findings: Finding[] = [];
    if (of.length > 1)
      findings.push(finding('resolved-twice', `hold ${holdId}: ${of.map(({ kind }) => kind).join(' and ')}`));
    if (!mayBeResolved(holdId))
      findings.push(finding('phantom', `hold ${holdId} was resolved by nobody we know`));
    for (const { points, account } of of) {
      if (points !== hold.points)
        findings.push(finding('wrong-points', `hold ${holdId} is resolved with ${points}`));
      if (account !== hold.account)
        findings.push(finding('wrong-account', `hold ${holdId} is resolved on ${account}`));
    }
    return findings;
  });
}

interface Fold {
  held: number;
  posted: number;
}

/** What each kind of move does to an account, written down once more and apart from the house. */
const EFFECTS: Readonly<Record<string, Fold>> = {
  award: { held: 0, posted: 0 },
  hold: { held: 1, posted: 0 },
  release: { held: -1, posted: 0 },
  post: { held: -1, posted: 1 },
  reverse: { held: 0, posted: -1 },
  expire: { held: 0, posted: -1 },
  restore: { held: 0, posted: -1 },
};

function checkBalances({ transfers, balances }: Snapshot): readonly Finding[] {
  const { folds, findings } = folded(transfers);
  const kept = new Map(balances.map((balance) => [balance.account, balance]));
  const accounts = new Set([...folds.keys(), ...kept.keys()]);
  return [
    ...findings,
    ...[...accounts].flatMap((account) => {
      const made = words(folds.get(account));
      const stands = words(kept.get(account));
      return made === stands
        ? []
        : [finding('unbalanced', `${account} has ${stands}, but its transfers make ${made}`)];
    }),
  ];
}

const words = (of: Readonly<Fold> | undefined): string =>
  of ? `held ${of.held} and posted ${of.posted}` : 'no balance';

function folded(transfers: readonly TransferRow[]) {
  const folds = new Map<string, Fold>();
  const findings: Finding[] = [];
  for (const { id, kind, account, debit, credit, points } of transfers) {
    const effect = EFFECTS[kind];
    if (!effect || debit === credit) {
      findings.push(finding('unbalanced', `transfer ${id} is no move from one pocket to another (${kind})`));
      continue;
    }
    const fold = folds.get(account) ?? { held: 0, posted: 0 };
    folds.set(account, fold);
    fold.held += effect.held * points;
    fold.posted += effect.posted * points;
  }
  return { folds, findings };
}
