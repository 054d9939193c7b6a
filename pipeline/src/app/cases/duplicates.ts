/** Two devices that saw one event: the same account, site and rule within seconds. The first case stands. */
import type { LawProcess } from '@wayside/contracts/law-process';
import { SYSTEM, type CaseFile } from '../../domain/case/case-file.ts';
import type { Queryable } from '../database.ts';
import type { CaseHouse } from './house.ts';
import { lockCase } from './rows.ts';
import { takeSteps } from './take-steps.ts';

/** @param opened cases opened in this transaction. @returns how many were duplicates. */
export async function setDuplicatesAside(
  tx: Queryable,
  house: CaseHouse,
  process: LawProcess,
  opened: readonly CaseFile[],
  nowMs: number,
): Promise<number> {
  let found = 0;
  for (const track of ['road', 'rail'] as const) {
    const { withinSeconds } = process[track].duplicates;
    const ids = opened.filter((file) => file.track === track && file.account !== null).map(({ id }) => id);
    if (withinSeconds === 0 || ids.length === 0) continue;
    for (const pair of await pairsAmong(tx, ids, withinSeconds))
      if (await setAside(tx, house, pair, nowMs)) found += 1;
  }
  return found;
}

interface Pair {
  readonly id: string;
  readonly original: string;
}

/** Each new case with the earliest that saw the same; the earlier pairs first. */
const pairsAmong = (tx: Queryable, ids: readonly string[], withinSeconds: number): Promise<readonly Pair[]> =>
  tx.query<Pair>(
    `SELECT id, original FROM (
       SELECT DISTINCT ON (n.id) n.id, n.occurred_at, o.id AS original
       FROM case_file n JOIN case_file o ON o.account = n.account AND o.site = n.site AND o.rule = n.rule
         AND o.occurred_at BETWEEN n.occurred_at - make_interval(secs => $2) AND n.occurred_at + make_interval(secs => $2)
       WHERE n.id = ANY($1::uuid[]) AND o.device <> n.device AND o.body->>'duplicateOf' IS NULL
         AND (o.opened_at, o.occurred_at, o.id) < (n.opened_at, n.occurred_at, n.id)
       ORDER BY n.id, o.opened_at, o.occurred_at, o.id) AS pair
     ORDER BY occurred_at, id`,
    [ids, withinSeconds],
  );

/** A case whose original has meanwhile been set aside itself stays: three in a row are two events or one, a person sees. */
async function setAside(
  tx: Queryable,
  house: CaseHouse,
  { id, original }: Pair,
  nowMs: number,
): Promise<boolean> {
  const file = await lockCase(tx, id);
  const [standing] = await tx.query<{ readonly isDuplicate: boolean }>(
    `SELECT body->>'duplicateOf' IS NOT NULL AS "isDuplicate" FROM case_file WHERE id = $1`,
    [original],
  );
  if (file?.state !== 'opened' || standing?.isDuplicate !== false) return false;
  const { refused } = await takeSteps(tx, house, file, nowMs, {
    command: {
      event: 'mark-duplicate',
      actor: SYSTEM,
      atMs: nowMs,
      reason: 'same-event-two-devices',
      duplicateOf: original,
    },
    check: () => Promise.resolve(undefined),
  });
  return refused === undefined;
}
