/** Infractions with the state of their hold, newest first. Reads only. */
import type { InfractionPage, InfractionQuery } from '@wayside/contracts/http';
import type { HoldState, Infraction } from '@wayside/contracts/infraction';
import type { RuleId } from '@wayside/contracts/law-profile';
import type { Measures } from '@wayside/contracts/verdict';
import type { Queryable } from '../database.ts';
import { pageOf, timeCursor } from './cursor.ts';
import { microsOf } from './instant.ts';
import { rangeParams, rangeSql, type TimeRange } from './time-range.ts';

interface InfractionRow {
  readonly id: string;
  readonly verdict_id: string;
  readonly kind: Infraction['kind'];
  readonly site: string;
  readonly rule: RuleId;
  readonly occurred_at: Date;
  readonly occurred_micros: number;
  readonly recorded_at: Date;
  readonly profile: string;
  readonly profile_version: string;
  readonly vehicle_track: string | null;
  readonly pedestrian_tracks: string[];
  readonly account: string | null;
  readonly explanation: string;
  readonly measures: Measures;
  readonly points: number;
  readonly origin: Infraction['origin'];
  readonly placed_at: Date | null;
  readonly resolution: 'post' | 'release' | null;
}

/** One hold an infraction, and one resolution a hold, so that the joins add no rows. */
const SELECT = `
  SELECT i.id, i.verdict_id, i.kind, i.site, i.rule, i.occurred_at, ${microsOf('i.occurred_at')} AS occurred_micros,
         i.recorded_at, i.profile, i.profile_version, i.vehicle_track, i.pedestrian_tracks, i.account, i.explanation,
         i.measures, i.points, i.origin, h.placed_at, r.kind AS resolution
  FROM infraction i
  LEFT JOIN hold_due h ON h.infraction_id = i.id
  LEFT JOIN transfer r ON r.hold_id = h.hold_id`;

export async function listInfractions(
  db: Queryable,
  filter: Pick<InfractionQuery, 'site' | 'rule'>,
  range: TimeRange,
): Promise<InfractionPage> {
  const rows = await db.query<InfractionRow>(
    `${SELECT}
     WHERE ($6::text IS NULL OR i.site = $6) AND ($7::text IS NULL OR i.rule = $7)
       AND ${rangeSql('i.occurred_at', 'i.id')}`,
    [...rangeParams(range), filter.site ?? null, filter.rule ?? null],
  );
  return pageOf(rows, range.limit, {
    item: toInfraction,
    cursor: (row) => timeCursor({ micros: row.occurred_micros, id: row.id }),
  });
}

export async function findInfraction(db: Queryable, id: string): Promise<Infraction | undefined> {
  const [row] = await db.query<InfractionRow>(`${SELECT} WHERE i.id = $1::uuid`, [id]);
  return row && toInfraction(row);
}

const toInfraction = (row: InfractionRow): Infraction => ({
  id: row.id,
  verdictId: row.verdict_id,
  kind: row.kind,
  site: row.site,
  rule: row.rule,
  occurredAt: row.occurred_at.toISOString(),
  recordedAt: row.recorded_at.toISOString(),
  profile: { id: row.profile, version: row.profile_version },
  vehicleTrack: row.vehicle_track,
  pedestrianTracks: row.pedestrian_tracks,
  account: row.account,
  explanation: row.explanation,
  measures: row.measures,
  points: row.points,
  hold: holdState(row),
  origin: row.origin,
});

function holdState(row: InfractionRow): HoldState {
  if (row.points === 0) return 'none';
  if (row.account === null) return 'unidentified';
  if (row.resolution !== null) return row.resolution === 'post' ? 'posted' : 'released';
  return row.placed_at === null ? 'pending' : 'held';
}
