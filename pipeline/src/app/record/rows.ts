/**
 * Bulk inserts of what was judged: one statement a table, the rows handed over as one JSON text. What stands already
 * is left as it is, and the ids of what is new come back.
 */
import { holdIdOf } from '../../domain/ledger/transfer.ts';
import type { Queryable } from '../database.ts';
import { packTracks } from './packed-tracks.ts';
import { decisiveReason, siteOf, type FoundInfraction, type VerdictEffect } from './infractions.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** @returns the ids that were not there before. */
export async function insertVerdicts(
  tx: Queryable,
  partition: number,
  effects: readonly VerdictEffect[],
  recordedAtMs: number,
): Promise<ReadonlySet<string>> {
  const rows = effects.map((effect) => ({
    id: effect.verdict.id,
    occurred_at: iso(effect.verdict.occurredAtMs),
    recorded_at: iso(recordedAtMs),
    kind: effect.kind,
    site: siteOf(effect),
    device: effect.verdict.device,
    outcome: effect.verdict.outcome,
    reason: decisiveReason(effect),
    profile: effect.verdict.profile.id,
    profile_version: effect.verdict.profile.version,
    vehicle_track: effect.verdict.kind === 'encounter' ? effect.verdict.vehicle.track : null,
    partition,
    log_offset: effect.completedBy.offset,
    body: effect.verdict,
  }));
  const inserted = await tx.query<{ readonly id: string }>(
    `INSERT INTO verdict (id, occurred_at, recorded_at, kind, site, device, outcome, reason, profile, profile_version,
       vehicle_track, partition, log_offset, body)
     SELECT id, occurred_at, recorded_at, kind, site, device, outcome, reason, profile, profile_version,
       vehicle_track, partition, log_offset, body
     FROM json_to_recordset($1::json) AS r(id uuid, occurred_at timestamptz, recorded_at timestamptz, kind text,
       site text, device text, outcome text, reason text, profile text, profile_version text, vehicle_track text,
       partition integer, log_offset bigint, body jsonb)
     ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(rows)],
  );
  return new Set(inserted.map(({ id }) => id));
}

export async function insertTracks(tx: Queryable, effects: readonly VerdictEffect[]): Promise<void> {
  const encounters = effects.filter((effect) => effect.kind === 'encounter');
  if (encounters.length === 0) return;
  await tx.query(
    `INSERT INTO track_segment (verdict_id, occurred_at, outcome, segments)
     SELECT verdict_id, occurred_at, outcome, decode(segments, 'base64')
     FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[]) AS r(verdict_id, occurred_at, outcome, segments)
     ON CONFLICT DO NOTHING`,
    [
      encounters.map(({ verdict }) => verdict.id),
      encounters.map(({ verdict }) => iso(verdict.occurredAtMs)),
      encounters.map(({ verdict }) => verdict.outcome),
      encounters.map(({ tracks }) => packTracks(tracks).toString('base64')),
    ],
  );
}

/** @returns the ids that were not there before. */
export async function insertInfractions(
  tx: Queryable,
  found: readonly FoundInfraction[],
): Promise<ReadonlySet<string>> {
  const rows = found.map(({ infraction }) => ({
    ...infraction,
    profile: infraction.profile.id,
    profileVersion: infraction.profile.version,
  }));
  const inserted = await tx.query<{ readonly id: string }>(
    `INSERT INTO infraction (id, occurred_at, recorded_at, verdict_id, kind, site, rule, profile, profile_version,
       vehicle_track, pedestrian_tracks, account, points, origin, explanation, measures)
     SELECT id, "occurredAt", "recordedAt", "verdictId", kind, site, rule, profile, "profileVersion",
       "vehicleTrack", "pedestrianTracks", account, points, origin, explanation, measures
     FROM json_to_recordset($1::json) AS r(id uuid, "occurredAt" timestamptz, "recordedAt" timestamptz,
       "verdictId" uuid, kind text, site text, rule text, profile text, "profileVersion" text, "vehicleTrack" text,
       "pedestrianTracks" text[], account text, points integer, origin text, explanation text, measures jsonb)
     ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(rows)],
  );
  return new Set(inserted.map(({ id }) => id));
}

/**
 * That a hold is due: written with the infraction, so that no queue is needed to remember it. Due now at the latest, by the
 * database's clock: a judge whose own is ahead would have the hold wait until the others have caught up with it.
 */
export async function insertHoldsDue(tx: Queryable, found: readonly FoundInfraction[]): Promise<void> {
  const rows = found.map(({ infraction, detectedAtMs, messageId }) => ({
    hold_id: holdIdOf(infraction.id),
    infraction_id: infraction.id,
    account: infraction.account,
    scheme: infraction.profile.id,
    points: infraction.points,
    detected_at_ms: detectedAtMs,
    message_id: messageId,
    due_at: infraction.recordedAt,
  }));
  await tx.query(
    `INSERT INTO hold_due (hold_id, infraction_id, account, scheme, points, detected_at_ms, message_id, due_at)
     SELECT hold_id, infraction_id, account, scheme, points, detected_at_ms, message_id, least(due_at, now())
     FROM json_to_recordset($1::json) AS r(hold_id uuid, infraction_id uuid, account text, scheme text,
       points integer, detected_at_ms bigint, message_id text, due_at timestamptz)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
