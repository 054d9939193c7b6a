/** A house of cases over a test's database, with a clock that the test moves, and infractions recorded as the judge does. */
import type { Actor, CaseEvent, CaseReason } from '@wayside/contracts/case';
import { deriveId } from '@wayside/contracts/ids';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { LawProcess } from '@wayside/contracts/law-process';
import type { Database } from '../app/database.ts';
import type { CaseHouse } from '../app/cases/house.ts';
import { transition, type TransitionResult, type Wanted } from '../app/cases/transition.ts';
import { loadProfiles } from '../domain/law/profiles.ts';
import { holdIdOf } from '../domain/ledger/transfer.ts';
import type { CaseFile } from '../domain/case/case-file.ts';
import { openCases } from '../app/cases/open-cases.ts';
import { readCase } from '../app/cases/case-views.ts';
import { runDueCases } from '../app/cases/run-due.ts';
import { keeper, officer, plate, system } from './case-walk.ts';
import { calendars, processes, textsIn } from './law.ts';

const loaded = loadProfiles(textsIn('profiles'));
if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
const profiles = new Map(loaded.profiles.map((profile) => [profile.id, profile]));

export const shippedProfiles = (): readonly LawProfile[] => [...profiles.values()];

export interface TestHouse extends CaseHouse {
  nowMs: number;
  set(time: string | number): void;
}

/** Decisions are not sampled, unless the test says otherwise. */
export function testHouse(database: Database, at: string, sampledPerMille = 0): TestHouse {
  const house: TestHouse = {
    database,
    nowMs: Date.parse(at),
    set: (time) => (house.nowMs = typeof time === 'number' ? time : Date.parse(time)),
    clock: () => house.nowMs,
    processes: new Map([...processes].map(([id, process]) => [id, sampling(process, sampledPerMille)])),
    calendars,
    profileOf: (scheme) => profiles.get(scheme),
    samplingKey: 'test',
  };
  return house;
}

function sampling(process: LawProcess, perMille: number): LawProcess {
  const of = (track: LawProcess['road']): LawProcess['road'] => ({
    ...track,
    secondReview: { ...track.secondReview, confirmedPerMille: perMille, rejectedPerMille: perMille },
  });
  return { ...process, road: of(process.road), rail: of(process.rail) };
}

export interface RecordedInfraction {
  readonly name: string;
  readonly account: string | null;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly kind?: 'encounter' | 'report';
  readonly profile?: string;
  readonly device?: string;
  readonly site?: string;
  readonly timeZone?: string;
  readonly validUntil?: string | null;
  readonly points?: number;
}

const USUAL = {
  kind: 'encounter',
  profile: 'cn',
  device: 'cam-1',
  site: 'jiefang-road',
  timeZone: 'Asia/Shanghai',
  validUntil: '2027-12-31',
  points: 3,
} as const satisfies Partial<RecordedInfraction>;

/** What the judge's transaction leaves behind, as far as a case reads it. @returns the infraction's id. */
export async function recordInfraction(database: Database, given: RecordedInfraction): Promise<string> {
  const { name, account, occurredAt, recordedAt, kind, profile, device, site, points, timeZone, validUntil } =
    {
      ...USUAL,
      ...given,
    };
  const verdict = deriveId('encounter', name);
  const id = deriveId('infraction', verdict, 'fail-to-yield');
  const version = deriveId('message', 'site', JSON.stringify(validUntil), timeZone);
  const rule = kind === 'encounter' ? 'fail-to-yield' : 'seat-refusal';
  await database.query(
    `INSERT INTO site_version (site_id, version, body, first_seen) VALUES ($1, $2, $3::jsonb, $4::timestamptz)
     ON CONFLICT DO NOTHING`,
    [site, version, JSON.stringify({ timeZone, calibration: { validUntil } }), recordedAt],
  );
  await database.query(
    `INSERT INTO verdict (id, occurred_at, recorded_at, kind, site, device, outcome, reason, profile, profile_version,
       partition, log_offset, body)
     VALUES ($1, $2::timestamptz, $3::timestamptz, $4, $5, $6, 'infraction', 'x', $7, '2026-07-01', 0, 1, $8::jsonb)`,
    [
      verdict,
      occurredAt,
      recordedAt,
      kind,
      site,
      device,
      profile,
      JSON.stringify(kind === 'encounter' ? { site: { id: site, version } } : {}),
    ],
  );
  await database.query(
    `INSERT INTO infraction (id, occurred_at, recorded_at, verdict_id, kind, site, rule, profile, profile_version,
       pedestrian_tracks, account, points, origin, explanation, measures)
     VALUES ($1, $2::timestamptz, $3::timestamptz, $4, $5, $6, $7, $8, '2026-07-01', '{}', $9, $10, 'camera', 'x', '{}')`,
    [id, occurredAt, recordedAt, verdict, kind, site, rule, profile, account, points],
  );
  if (account !== null && points > 0)
    await database.query(
      `INSERT INTO hold_due (hold_id, infraction_id, account, scheme, points, detected_at_ms, due_at)
       VALUES ($1, $2, $3, $4, $5, 0, $6::timestamptz)`,
      [holdIdOf(id), id, account, profile, points, recordedAt],
    );
  return id;
}

export const caseIdOf = (infractionId: string): string => deriveId('case', infractionId);

/** A transition that must succeed, at a time. */
export async function act(
  house: TestHouse,
  caseId: string,
  at: string,
  [event, actor, reason]: readonly [CaseEvent, Actor, CaseReason],
  more: Partial<Wanted> = {},
): Promise<CaseFile> {
  house.set(at);
  const result: TransitionResult = await transition(house, caseId, { event, actor, reason, ...more });
  if (result.kind === 'done') return result.file;
  throw new Error(
    `${event}: ${result.kind === 'refused' ? `${result.code}, ${result.detail}` : result.kind}`,
  );
}

export async function balanceOf(
  database: Database,
  account: string,
): Promise<{ held: number; posted: number } | undefined> {
  const [row] = await database.query<{ held: number; posted: number }>(
    'SELECT held, posted FROM balance WHERE account = $1',
    [account],
  );
  return row;
}

export interface OpenedInTest {
  readonly id: string;
  readonly account: string;
}

/** The beginning of a case in Chongqing: infraction on Monday 2 March 2026, notice on the 9th, window to the 19th. */
export function beginnings(house: TestHouse) {
  let count = 0;

  async function aCase(given: Partial<RecordedInfraction> = {}): Promise<OpenedInTest> {
    count += 1;
    const account = given.account ?? plate(`n${count}-`);
    const infraction = await recordInfraction(house.database, {
      name: `n${count}`,
      occurredAt: '2026-03-02T02:00:00Z',
      recordedAt: '2026-03-02T02:00:01Z',
      ...given,
      account,
    });
    house.set('2026-03-02T03:00:00Z');
    await openCases(house, { all: true });
    return { id: caseIdOf(infraction), account };
  }

  async function confirmed(given: Partial<RecordedInfraction> = {}): Promise<OpenedInTest> {
    const found = await aCase(given);
    await act(house, found.id, '2026-03-03T02:00:00Z', ['assign', officer('li'), 'taken']);
    await act(house, found.id, '2026-03-03T02:05:00Z', ['confirm', officer('li'), 'seen-in-evidence']);
    return found;
  }

  async function noticed(given: Partial<RecordedInfraction> = {}): Promise<OpenedInTest> {
    const found = await confirmed(given);
    const { id, account } = found;
    await act(house, id, '2026-03-04T02:00:00Z', ['notify-keeper', system, 'letter-delivered']);
    await act(house, id, '2026-03-05T02:00:00Z', ['name-driver', keeper(account), 'keeper-was-driver'], {
      driver: account,
    });
    await act(house, id, '2026-03-09T02:00:00Z', ['notify-driver', system, 'letter-delivered']);
    return found;
  }

  return {
    aCase,
    confirmed,
    noticed,
    stateOf: async (id: string) => (await readCase(house.database, id))?.file.state,
    /** Lets the scheduler come by at a time. */
    pass: (at: string) => {
      house.set(at);
      return runDueCases(house);
    },
  };
}
