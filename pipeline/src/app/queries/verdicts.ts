/** Recent verdicts of every outcome, newest first. No plate, no account: see the contract. Reads only. */
import type { VerdictDetail, VerdictPage, VerdictQuery, VerdictView } from '@wayside/contracts/http-verdicts';
import type { Site } from '@wayside/contracts/site';
import type { Finding, ModelOpinions, Outcome, Reason } from '@wayside/contracts/verdict';
import type { Queryable } from '../database.ts';
import { unpackTracks } from '../record/packed-tracks.ts';
import { pageOf, timeCursor } from './cursor.ts';
import { microsOf } from './instant.ts';
import { rangeParams, rangeSql, type TimeRange } from './time-range.ts';

interface VerdictRow {
  readonly id: string;
  readonly kind: VerdictView['kind'];
  readonly site: string;
  readonly device: string;
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly occurred_at: Date;
  readonly occurred_micros: number;
  readonly recorded_at: Date;
  readonly profile: string;
  readonly profile_version: string;
  readonly vehicle_track: string | null;
  readonly pedestrian_tracks: string[] | null;
  readonly findings: Finding[];
  readonly model: ModelOpinions | null;
}

const SELECT = `
  SELECT id, kind, site, device, outcome, reason, occurred_at, ${microsOf('occurred_at')} AS occurred_micros, recorded_at,
         profile, profile_version, vehicle_track, body->'pedestrianTracks' AS pedestrian_tracks, body->'findings' AS findings,
         body->'model' AS model
  FROM verdict`;

export async function listVerdicts(
  db: Queryable,
  filter: Pick<VerdictQuery, 'site' | 'rule' | 'outcome' | 'reason'>,
  range: TimeRange,
): Promise<VerdictPage> {
  const { site, rule, outcome, reason } = filter;
  const rows = await db.query<VerdictRow>(
    `${SELECT}
     WHERE ($6::text IS NULL OR site = $6) AND ($7::text IS NULL OR outcome = $7) AND ($8::text IS NULL OR reason = $8)
       AND ($9::text IS NULL OR body->'findings' @> jsonb_build_array(jsonb_build_object('rule', $9::text)))
       AND ${rangeSql('occurred_at', 'id')}`,
    [...rangeParams(range), site ?? null, outcome ?? null, reason ?? null, rule ?? null],
  );
  return pageOf(rows, range.limit, {
    item: toView,
    cursor: (row) => timeCursor({ micros: row.occurred_micros, id: row.id }),
  });
}

interface PathRow {
  readonly site: Site | null;
  readonly segments: Buffer | null;
}

/** One verdict with the paths it was judged by, for as long as they are kept. */
export async function findVerdict(db: Queryable, id: string): Promise<VerdictDetail | undefined> {
  const [row] = await db.query<VerdictRow>(`${SELECT} WHERE id = $1::uuid`, [id]);
  if (row === undefined) return undefined;
  const [paths] = await db.query<PathRow>(
    `SELECT s.body AS site, t.segments FROM verdict v
     LEFT JOIN site_version s ON s.site_id = v.body->'site'->>'id' AND s.version = v.body->'site'->>'version'
     LEFT JOIN track_segment t ON t.verdict_id = v.id AND t.occurred_at = v.occurred_at
     WHERE v.id = $1::uuid`,
    [id],
  );
  return {
    verdict: toView(row),
    site: paths?.site ?? null,
    tracks: paths?.segments ? [...unpackTracks(paths.segments)] : null,
  };
}

const toView = (row: VerdictRow): VerdictView => ({
  id: row.id,
  kind: row.kind,
  site: row.site,
  device: row.device,
  outcome: row.outcome,
  reason: row.reason,
  occurredAt: row.occurred_at.toISOString(),
  recordedAt: row.recorded_at.toISOString(),
  profile: { id: row.profile, version: row.profile_version },
  vehicleTrack: row.vehicle_track,
  pedestrianTracks: row.pedestrian_tracks ?? [],
  findings: row.findings,
  ...(row.model && { model: row.model }),
});
