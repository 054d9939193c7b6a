/** An encounter as the judge would have recorded it, with paths that can be drawn: a car goes ahead of a pedestrian. */
import { contentHash } from '@wayside/contracts/canonical';
import { deriveId } from '@wayside/contracts/ids';
import type { EvidenceBody } from '@wayside/contracts/infraction';
import type { Site } from '@wayside/contracts/site';
import type { EncounterVerdict, Finding, TrackSegment } from '@wayside/contracts/verdict';
import type { Database } from '../app/database.ts';
import { holdIdOf } from '../domain/ledger/transfer.ts';

const STEP_MS = 80;
const CAR_MPS = 9.2;
const WALK_MPS = 1.35;
const LANE_METRES = 5.2;
const ENTRY_STEP = 40;

export const crossing: Site = {
  schema: 'wayside.site.v1',
  id: 'jiefang-road',
  name: 'Jiefang Road at Minsheng Road',
  timeZone: 'Asia/Shanghai',
  drivingSide: 'right',
  jurisdiction: 'cn',
  devices: ['cam-1'],
  crosswalk: [
    [0, 0],
    [5, 0],
    [5, 14],
    [0, 14],
  ],
  crossingAxisRadians: Math.PI / 2,
  islands: [],
  approaches: [
    {
      id: 'east',
      headingRadians: 0,
      stopLine: [
        [-2, 0],
        [-2, 7],
      ],
      lanes: [],
    },
  ],
  attentionMetres: 40,
  positionSigmaMetres: 0.2,
  calibration: { validUntil: '2027-12-31' },
  origin: 'simulation',
};

const steps = Array.from({ length: 75 }, (_, i) => i);

function trackOf(
  of: Pick<TrackSegment, 'track' | 'kind' | 'lengthCm' | 'widthCm'>,
  startMs: number,
  at: (step: number) => readonly [x: number, y: number],
): TrackSegment {
  return {
    ...of,
    startMs,
    dtMs: steps.map((step) => step * STEP_MS),
    xCm: steps.map((step) => Math.round(at(step)[0] * 100)),
    yCm: steps.map((step) => Math.round(at(step)[1] * 100)),
  };
}

const seconds = (step: number): number => (step * STEP_MS) / 1000;

/** The car’s front comes to the near edge of the crosswalk at step 40; the pedestrian is then half across. */
const tracksFrom = (startMs: number): TrackSegment[] => [
  trackOf({ track: '17', kind: 'car', lengthCm: 460, widthCm: 185 }, startMs, (step) => [
    -2.3 + (seconds(step) - seconds(ENTRY_STEP)) * CAR_MPS,
    LANE_METRES,
  ]),
  trackOf({ track: '4', kind: 'pedestrian' }, startMs, (step) => [2.4, 12.4 - seconds(step) * WALK_MPS]),
  trackOf({ track: '5', kind: 'pedestrian' }, startMs, (step) => [3.4, 1.2 + 0.3 * seconds(step)]),
];

const FINDING: Finding = {
  rule: 'fail-to-yield',
  outcome: 'infraction',
  reason: 'went-ahead-of-pedestrian',
  explanation:
    'The vehicle went first, 1.2 s before the pedestrian who was on the crosswalk; it was never slower than 33 km/h.',
  pedestrianTracks: ['4'],
  measures: {
    petSeconds: 1.2,
    firstThrough: 'vehicle',
    entrySpeedMps: CAR_MPS,
    minSpeedMps: CAR_MPS,
    minDistanceMetres: 1.6,
    requiredDecelerationMps2: 2.1,
    framesPerSecond: 12.5,
  },
  points: 3,
};

function verdictAt(atMs: number, account: string): EncounterVerdict {
  const startMs = atMs - ENTRY_STEP * STEP_MS;
  return {
    kind: 'encounter',
    id: deriveId('encounter', account, atMs),
    outcome: 'infraction',
    occurredAtMs: atMs,
    profile: { id: 'cn', version: '2026-07-01' },
    judge: '1.0.0',
    device: 'cam-1',
    bootId: 'boot-1',
    findings: [FINDING],
    site: { id: crossing.id, version: contentHash(crossing) },
    geometry: 'lane-and-half',
    window: { fromMs: startMs, toMs: startMs + steps.length * STEP_MS },
    vehicle: {
      track: '17',
      kind: 'car',
      plate: account.slice('road:'.length),
      lengthMetres: 4.6,
      widthMetres: 1.85,
    },
    pedestrianTracks: ['4', '5'],
    moments: { approachMs: atMs - 1680, entryMs: atMs, exitMs: atMs + 1200 },
  };
}

/** What the judge’s transaction leaves behind. @returns the infraction’s id. */
export async function recordEncounter(database: Database, account: string, at: string): Promise<string> {
  const verdict = verdictAt(Date.parse(at), account);
  const id = deriveId('infraction', verdict.id, 'fail-to-yield');
  await insertSite(database, at);
  await insertVerdict(database, verdict, at);
  await database.query(
    `INSERT INTO infraction (id, occurred_at, recorded_at, verdict_id, kind, site, rule, profile, profile_version,
       vehicle_track, pedestrian_tracks, account, points, origin, explanation, measures)
     VALUES ($1, $2::timestamptz, $2::timestamptz, $3, 'encounter', $4, $5, 'cn', '2026-07-01', '17', '{4}'::text[], $6, 3,
       'simulation', $7, $8::jsonb)`,
    [
      id,
      at,
      verdict.id,
      crossing.id,
      FINDING.rule,
      account,
      FINDING.explanation,
      JSON.stringify(FINDING.measures),
    ],
  );
  await insertEvidence(database, id, verdict);
  await database.query(
    `INSERT INTO hold_due (hold_id, infraction_id, account, scheme, points, detected_at_ms, due_at)
     VALUES ($1, $2, $3, 'cn', 3, $4, $5::timestamptz)`,
    [holdIdOf(id), id, account, verdict.occurredAtMs, at],
  );
  return id;
}

async function insertSite(database: Database, at: string): Promise<void> {
  await database.query(
    `INSERT INTO site_version (site_id, version, body, first_seen) VALUES ($1, $2, $3::jsonb, $4::timestamptz)
     ON CONFLICT DO NOTHING`,
    [crossing.id, contentHash(crossing), JSON.stringify(crossing), at],
  );
}

async function insertVerdict(database: Database, verdict: EncounterVerdict, at: string): Promise<void> {
  await database.query(
    `INSERT INTO verdict (id, occurred_at, recorded_at, kind, site, device, outcome, reason, profile, profile_version,
       vehicle_track, partition, log_offset, body)
     VALUES ($1, $2::timestamptz, $2::timestamptz, 'encounter', $3, 'cam-1', 'infraction', $4, 'cn', '2026-07-01', '17', 0, 1,
       $5::jsonb)`,
    [verdict.id, at, crossing.id, FINDING.reason, JSON.stringify(verdict)],
  );
}

async function insertEvidence(database: Database, id: string, verdict: EncounterVerdict): Promise<void> {
  const body: EvidenceBody = {
    schema: 'wayside.evidence.v1',
    infractionId: id,
    verdict,
    finding: FINDING,
    site: crossing,
    clock: { state: 'synchronised', maxErrorMs: 12 },
    tracks: tracksFrom(verdict.window.fromMs),
    messages: ['cam-1/boot-1/2'],
  };
  const digest = contentHash(body);
  await database.query(
    `INSERT INTO evidence (infraction_id, chain, position, body, body_sha256, previous_sha256, link_sha256, key_id, signature)
     SELECT $1, '0', coalesce(max(position), 0) + 1, $2, $3, NULL, $3, 'key-1', 'a.b.c' FROM evidence`,
    [id, JSON.stringify(body), digest],
  );
}
