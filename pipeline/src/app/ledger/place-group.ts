/**
 * Places a large group of holds with one statement: what `placeHolds` does in several, without the rows leaving the
 * database. What does not fit (an id that stands already, a scheme that prices holds by person or occasion) goes that way.
 */
import type { Queryable } from '../database.ts';
import { bumpCounters } from '../counters/bump.ts';
import type { TrackOf } from './charges.ts';
import { openMissing, placeHolds, type DueHold, type PlacedHolds, type ProfileOf } from './place-holds.ts';

export interface GroupRules {
  readonly profileOf: ProfileOf;
  readonly trackOf?: TrackOf | undefined;
}

/**
 * @param due rows of hold_due that the caller has locked.
 * @throws LedgerError `unknown-scheme`
 */
export async function placeGroupOfHolds(
  tx: Queryable,
  due: readonly DueHold[],
  { profileOf, trackOf }: GroupRules,
  atMs: number,
): Promise<PlacedHolds> {
  if (due.length === 0) return { placed: [], conflicts: [] };
  if (due.some((hold) => isPricedByPerson(hold, trackOf)))
    return placeHolds(tx, due, profileOf, atMs, trackOf);
  await openMissing(tx, due, profileOf, atMs);
  const ids = await placeStanding(tx, due, atMs);
  const placed = due.filter(({ holdId }) => ids.has(holdId));
  const rest = due.filter(({ holdId }) => !ids.has(holdId));
  if (rest.length === 0) {
    await bumpCounters(tx, { 'holds.held': placed.length });
    return { placed, conflicts: [] };
  }
  const { conflicts } = await placeHolds(tx, rest, profileOf, atMs);
  await bumpCounters(tx, { 'holds.held': placed.length });
  return { placed, conflicts };
}

function isPricedByPerson({ scheme, account }: DueHold, trackOf: TrackOf | undefined): boolean {
  const track = trackOf?.(scheme, account);
  return track?.novice !== undefined || track?.occasion !== undefined;
}

/** Locks the balances in order of account. An account keeps the terms it was opened under: they say where points come from. */
async function placeStanding(
  tx: Queryable,
  due: readonly DueHold[],
  atMs: number,
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ readonly id: string }>(
    `WITH due AS MATERIALIZED (
       SELECT d.hold_id, d.infraction_id, d.account, d.points,
         CASE a.counts WHEN 'down' THEN a.id || '#available' ELSE a.scheme || '#authority' END AS source
       FROM hold_due d JOIN account a ON a.id = d.account WHERE d.hold_id = ANY($1::uuid[])
     ), locked AS MATERIALIZED (
       SELECT account FROM balance WHERE account IN (SELECT account FROM due) ORDER BY account FOR UPDATE
     ), placed AS (
       INSERT INTO transfer (id, kind, account, debit, credit, points, infraction_id, cause, created_at)
       SELECT hold_id, 'hold', account, source, account || '#held', points, infraction_id,
         'infraction:' || infraction_id, $2::timestamptz
       FROM due WHERE (SELECT count(*) FROM locked) > 0
       ON CONFLICT DO NOTHING RETURNING id, account, points
     ), summed AS (
       UPDATE balance AS b SET held = b.held + s.points
       FROM (SELECT account, sum(points)::integer AS points FROM placed GROUP BY account) AS s WHERE b.account = s.account
     ), marked AS (
       UPDATE hold_due AS d SET placed_at = $2::timestamptz FROM placed WHERE d.hold_id = placed.id
     )
     SELECT id FROM placed`,
    [due.map(({ holdId }) => holdId), new Date(atMs).toISOString()],
  );
  return new Set(rows.map(({ id }) => id));
}
