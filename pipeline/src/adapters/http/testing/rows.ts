/** Rows as the other rooms write them, so that the API is tested against the schema and not against their code. */
import { contentHash } from '@wayside/contracts/canonical';
import { deriveId } from '@wayside/contracts/ids';
import type { Site } from '@wayside/contracts/site';
import type { EncounterVerdict, Finding, Outcome, Reason } from '@wayside/contracts/verdict';
import type { EvidenceBody } from '@wayside/contracts/infraction';
import type { Queryable } from '../../../app/database.ts';
import { testSite } from '../../../testing/messages.ts';

export const T0 = Date.UTC(2026, 4, 1, 12);
export const ACCOUNT = `road:plate_${'p'.repeat(43)}`;
export const HASH = 'a'.repeat(64);

export interface InfractionSeed {
  readonly name: string;
  readonly atMs: number;
  readonly site?: string;
  readonly rule?: Finding['rule'];
  readonly account?: string | null;
  readonly points?: number;
}

const finding = (rule: Finding['rule'], outcome: Outcome, reason: Reason, points: number): Finding => ({
  rule,
  outcome,
  reason,
  explanation: 'The car went first, 0.8 s before the pedestrian.',
  pedestrianTracks: ['4'],
  measures: { petSeconds: 0.8, firstThrough: 'vehicle', entrySpeedMps: 9.1 },
  points,
});

export function verdictOf(seed: {
  readonly name: string;
  readonly atMs: number;
  readonly site: string;
  readonly rule: Finding['rule'];
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly points: number;
}): EncounterVerdict {
  return {
    kind: 'encounter',
    id: deriveId('encounter', seed.name),
    outcome: seed.outcome,
    occurredAtMs: seed.atMs,
    profile: { id: 'cn', version: '2026-01-01' },
    judge: '1',
    device: 'cam-1',
    bootId: 'boot-1',
    findings: [finding(seed.rule, seed.outcome, seed.reason, seed.points)],
    site: { id: seed.site, version: HASH },
    geometry: 'half-road',
    window: { fromMs: seed.atMs - 3000, toMs: seed.atMs + 2000 },
    vehicle: {
      track: '17',
      kind: 'car',
      plate: `plate_${'p'.repeat(43)}`,
      lengthMetres: 4.6,
      widthMetres: 1.8,
    },
    pedestrianTracks: ['4'],
    moments: { entryMs: seed.atMs },
  };
}

export async function insertVerdict(db: Queryable, verdict: EncounterVerdict): Promise<void> {
  const [first] = verdict.findings;
  await db.query(
    `INSERT INTO verdict (id, occurred_at, recorded_at, kind, site, device, outcome, reason, profile, profile_version,
                          vehicle_track, partition, log_offset, body)
     VALUES ($1, to_timestamp($2::bigint / 1000.0), to_timestamp($2::bigint / 1000.0), 'encounter', $3, $4, $5, $6, 'cn', '2026-01-01', '17', 0, 1, $7)`,
    [
      verdict.id,
      verdict.occurredAtMs,
      verdict.site.id,
      verdict.device,
      verdict.outcome,
      first?.reason,
      JSON.stringify(verdict),
    ],
  );
}

/** An infraction with its verdict, its evidence and, where an account and points are given, the hold that is due. */
export async function insertInfraction(db: Queryable, seed: InfractionSeed): Promise<string> {
  const { name, atMs, site = 'site-1', rule = 'fail-to-yield', account = ACCOUNT, points = 3 } = seed;
  const verdict = verdictOf({
    name,
    atMs,
    site,
    rule,
    outcome: 'infraction',
    reason: 'went-ahead-of-pedestrian',
    points,
  });
  const id = deriveId('infraction', name);
  await insertVerdict(db, verdict);
  await db.query(
    `INSERT INTO infraction (id, occurred_at, recorded_at, verdict_id, kind, site, rule, profile, profile_version,
       vehicle_track, pedestrian_tracks, account, points, origin, explanation, measures)
     VALUES ($1, to_timestamp($2::bigint / 1000.0), to_timestamp($2::bigint / 1000.0), $3, 'encounter', $4, $5, 'cn', '2026-01-01',
       '17', '{4}'::text[], $6, $7, 'simulation', 'The car went first.', '{"petSeconds": 0.8}')`,
    [id, atMs, verdict.id, site, rule, account, points],
  );
  await insertEvidence(db, id, verdict);
  if (account !== null && points > 0) await insertHoldDue(db, id, account, points, atMs);
  return id;
}

async function insertEvidence(db: Queryable, id: string, verdict: EncounterVerdict): Promise<void> {
  const body: EvidenceBody = {
    schema: 'wayside.evidence.v1',
    infractionId: id,
    verdict,
    finding: verdict.findings[0] as Finding,
    site: testSite({ id: verdict.site.id }),
    clock: { state: 'synchronised' },
    tracks: [
      { track: '17', kind: 'car', startMs: verdict.occurredAtMs, dtMs: [0, 40], xCm: [0, 40], yCm: [1, 1] },
    ],
    messages: ['cam-1/boot-1/2'],
  };
  await db.query(
    `INSERT INTO evidence (infraction_id, chain, position, body, body_sha256, previous_sha256, link_sha256, key_id, signature)
     SELECT $1, '0', coalesce(max(position), 0) + 1, $2, $3, NULL, $3, 'key-1', 'a.b.c' FROM evidence`,
    [id, JSON.stringify(body), HASH],
  );
}

async function insertHoldDue(
  db: Queryable,
  id: string,
  account: string,
  points: number,
  atMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO hold_due (hold_id, infraction_id, account, scheme, points, detected_at_ms, due_at)
     VALUES ($1, $2, $3, 'cn', $4, $5, to_timestamp($5::bigint / 1000.0))`,
    [deriveId('hold', id), id, account, points, atMs],
  );
}

/** Opens the account where it is new, places the hold that is due, and resolves it where asked. */
export async function placeHold(
  db: Queryable,
  infraction: string,
  resolution?: 'post' | 'release',
): Promise<void> {
  const hold = deriveId('hold', infraction);
  await db.query(
    `INSERT INTO account (id, scheme, counts, initial, max_points, opened_at)
     SELECT account, scheme, 'down', 12, 12, due_at FROM hold_due WHERE hold_id = $1 ON CONFLICT DO NOTHING`,
    [hold],
  );
  await db.query(
    `INSERT INTO transfer (id, kind, account, debit, credit, points, infraction_id, cause, created_at)
     SELECT hold_id, 'hold', account, account || '#available', account || '#held', points, infraction_id, 'test', due_at
     FROM hold_due WHERE hold_id = $1`,
    [hold],
  );
  await db.query('UPDATE hold_due SET placed_at = due_at WHERE hold_id = $1', [hold]);
  await db.query(
    `INSERT INTO balance (account, held) SELECT account, points FROM hold_due WHERE hold_id = $1
     ON CONFLICT (account) DO UPDATE SET held = balance.held + excluded.held`,
    [hold],
  );
  if (resolution) await resolveHold(db, hold, resolution);
}

async function resolveHold(db: Queryable, hold: string, kind: 'post' | 'release'): Promise<void> {
  await db.query(
    `INSERT INTO transfer (id, kind, account, debit, credit, points, hold_id, infraction_id, cause, created_at)
     SELECT $2, $3, account, account || '#held', account || $4, points, id, infraction_id, 'test', created_at + interval '1 second'
     FROM transfer WHERE id = $1`,
    [hold, deriveId('transfer', hold), kind, kind === 'post' ? '#posted' : '#available'],
  );
  await db.query(
    `UPDATE balance b SET held = b.held - t.points, posted = b.posted + CASE $2 WHEN 'post' THEN t.points ELSE 0 END
     FROM transfer t WHERE t.id = $1 AND b.account = t.account`,
    [hold, kind],
  );
}

export async function insertSite(db: Queryable, site: Site, firstSeenMs: number): Promise<void> {
  await db.query(
    'INSERT INTO site_version (site_id, version, body, first_seen) VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000.0))',
    [site.id, contentHash(site), JSON.stringify(site), firstSeenMs],
  );
}

export async function insertDevice(
  db: Queryable,
  id: string,
  site: string | null,
  seenMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO device (id, kind, state, software, boot_id, site_id, clock_state, last_seen_at)
     VALUES ($1, 'camera', 'online', 'test 1.0', 'boot-1', $2, 'synchronised', to_timestamp($3::bigint / 1000.0))`,
    [id, site, seenMs],
  );
}

export async function insertDeadLetter(
  db: Queryable,
  of: { readonly name: string; readonly reason: string; readonly payload: Uint8Array; readonly atMs: number },
): Promise<void> {
  await db.query(
    `INSERT INTO dead_letter (id, received_at, topic, client, reason, detail, bytes, sha256, payload)
     VALUES ($1, to_timestamp($2::bigint / 1000.0), 'wayside/v1/cam-1/status', 'cam-1', $3, '/ is wrong', $4, $5, $6)`,
    [deriveId('dead-letter', of.name), of.atMs, of.reason, of.payload.length, HASH, of.payload],
  );
}
