/** What a replay came to, read from the stored rows: the JSON object that `wayside replay --json` prints. */
import type { Counters } from '@wayside/contracts/http';
import type { HoldState } from '@wayside/contracts/infraction';
import type { Measures } from '@wayside/contracts/verdict';
import type { Queryable } from '../database.ts';

export interface ReplayReport {
  readonly messages: number;
  readonly observations: number;
  readonly encounters: number;
  readonly verdicts: { readonly infraction: number; readonly clear: number; readonly undecided: number };
  readonly infractions: readonly ReplayedInfraction[];
  readonly ledger: {
    readonly held: number;
    readonly posted: number;
    readonly released: number;
    readonly balanced: boolean;
  };
  readonly counters: Counters;
  /** From the sending of the message that completed an encounter to the committed hold. Null where nothing was held. */
  readonly latencyMs: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
  };
}

export interface ReplayedInfraction {
  readonly id: string;
  readonly site: string;
  readonly rule: string;
  readonly occurredAt: string;
  readonly vehicleTrack: string | null;
  readonly pedestrianTracks: readonly string[];
  readonly explanation: string;
  readonly measures: Measures;
  readonly points: number;
  readonly hold: Extract<HoldState, 'held' | 'unidentified' | 'none' | 'pending'>;
}

export async function replayReport(database: Queryable, counters: Counters): Promise<ReplayReport> {
  return {
    messages: counters.intake.stored,
    observations: counters.judge.observations,
    encounters: await countEncounters(database),
    verdicts: {
      infraction: counters.record.infraction,
      clear: counters.record.clear,
      undecided: counters.record.undecided,
    },
    infractions: await infractions(database),
    ledger: await ledger(database),
    counters,
    latencyMs: await latency(database),
  };
}

async function countEncounters(database: Queryable): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM verdict WHERE kind = 'encounter'`,
  );
  return row?.count ?? 0;
}

interface InfractionRow extends Omit<ReplayedInfraction, 'occurredAt'> {
  readonly occurredAt: Date;
}

async function infractions(database: Queryable): Promise<readonly ReplayedInfraction[]> {
  const rows = await database.query<InfractionRow>(`
    SELECT i.id, i.site, i.rule, i.occurred_at AS "occurredAt", i.vehicle_track AS "vehicleTrack",
           i.pedestrian_tracks AS "pedestrianTracks", i.explanation, i.measures, i.points,
           CASE WHEN i.points = 0 THEN 'none' WHEN i.account IS NULL THEN 'unidentified'
                WHEN t.id IS NULL THEN 'pending' ELSE 'held' END AS hold
    FROM infraction i LEFT JOIN transfer t ON t.infraction_id = i.id AND t.kind = 'hold'
    ORDER BY i.site, i.occurred_at, i.id`);
  return rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() }));
}

/** Sums of the moves, and whether every balance equals the fold of its transfers. */
async function ledger(database: Queryable): Promise<ReplayReport['ledger']> {
  const [row] = await database.query<ReplayReport['ledger']>(`
    WITH fold AS (
      SELECT account, sum(CASE kind WHEN 'hold' THEN points WHEN 'post' THEN -points WHEN 'release' THEN -points ELSE 0 END) AS held,
             sum(CASE kind WHEN 'post' THEN points ELSE 0 END) AS posted
      FROM transfer GROUP BY account)
    SELECT coalesce(sum(points) FILTER (WHERE kind = 'hold'), 0)::int AS held,
           coalesce(sum(points) FILTER (WHERE kind = 'post'), 0)::int AS posted,
           coalesce(sum(points) FILTER (WHERE kind = 'release'), 0)::int AS released,
           NOT EXISTS (
             SELECT 1 FROM fold FULL JOIN balance b USING (account)
             WHERE coalesce(fold.held, 0) <> coalesce(b.held, 0) OR coalesce(fold.posted, 0) <> coalesce(b.posted, 0)
           ) AS balanced
    FROM transfer`);
  return row ?? { held: 0, posted: 0, released: 0, balanced: true };
}

async function latency(database: Queryable): Promise<ReplayReport['latencyMs']> {
  const [row] = await database.query<{ p: readonly number[] | null }>(`
    SELECT percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (
      ORDER BY extract(epoch FROM placed_at) * 1000 - detected_at_ms) AS p
    FROM hold_due WHERE placed_at IS NOT NULL`);
  const [p50, p95, p99] = (row?.p ?? []).map((value) => Math.round(value));
  return { p50: p50 ?? null, p95: p95 ?? null, p99: p99 ?? null };
}
