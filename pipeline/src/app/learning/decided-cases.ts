/**
 * Cases that people have decided, as labelled encounters to learn from. What leaves here names nobody: no plate, no
 * account, no officer. Only cases that were opened are among them, so they tell how often an accusation was right, and
 * nothing of what was never accused.
 */
import type { EvidenceBody } from '@wayside/contracts/infraction';
import type { LawProfile, RuleId } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { EncounterVerdict, TrackSegment } from '@wayside/contracts/verdict';
import type { Queryable } from '../database.ts';

export interface DecidedCase {
  readonly schema: 'wayside.decided-case.v1';
  readonly case: string;
  readonly rule: RuleId;
  /** Whether the people who looked found the infraction. */
  readonly guilty: boolean;
  readonly decidedAt: string;
  readonly verdict: EncounterVerdict;
  readonly site: Site;
  readonly tracks: readonly TrackSegment[];
  readonly thresholds: LawProfile['road']['thresholds'];
}

interface DecidedRow {
  readonly id: string;
  readonly rule: RuleId;
  readonly finding: 'right' | 'wrong';
  readonly found_at: Date;
  readonly body: string;
}

const PAGE = 200;

/** In the order of their ids; at most a page in memory. Cases under a profile that is not at hand are left out. */
export async function* decidedCases(
  database: Queryable,
  profiles: readonly LawProfile[],
): AsyncGenerator<DecidedCase> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await database.query<DecidedRow>(
      `SELECT c.id, c.rule, c.finding, c.found_at, e.body FROM case_file c
       JOIN evidence e ON e.infraction_id = c.infraction_id
       WHERE c.finding IS NOT NULL AND c.id > $1::uuid ORDER BY c.id LIMIT ${PAGE}`,
      [after],
    );
    for (const row of rows) {
      const decided = decidedCase(row, profiles);
      if (decided) yield decided;
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

function decidedCase(row: DecidedRow, profiles: readonly LawProfile[]): DecidedCase | undefined {
  const { verdict, site, tracks } = JSON.parse(row.body) as EvidenceBody;
  if (verdict.kind !== 'encounter' || !site) return undefined;
  const profile = profiles.find(
    ({ id, version }) => id === verdict.profile.id && version === verdict.profile.version,
  );
  if (!profile) return undefined;
  return {
    schema: 'wayside.decided-case.v1',
    case: row.id,
    rule: row.rule,
    guilty: row.finding === 'right',
    decidedAt: row.found_at.toISOString(),
    verdict: withoutPlate(verdict),
    site,
    tracks,
    thresholds: profile.road.thresholds,
  };
}

function withoutPlate(verdict: EncounterVerdict): EncounterVerdict {
  const { kind, track, lengthMetres, widthMetres } = verdict.vehicle;
  return { ...verdict, vehicle: { kind, track, lengthMetres, widthMetres } };
}

export interface ReviewerFindings {
  readonly right: number;
  readonly wrong: number;
}

const RECENT_DAYS = 30;

/** What people made of accusations lately: the share of wrong ones is how far they disagree with the house. */
export async function recentFindings(database: Queryable, nowMs: number): Promise<ReviewerFindings> {
  const [row] = await database.query<{ readonly right: number; readonly wrong: number }>(
    `SELECT count(*) FILTER (WHERE finding = 'right')::int AS right, count(*) FILTER (WHERE finding = 'wrong')::int AS wrong
     FROM case_file WHERE found_at > $1::timestamptz`,
    [new Date(nowMs - RECENT_DAYS * 86_400_000).toISOString()],
  );
  return { right: row?.right ?? 0, wrong: row?.wrong ?? 0 };
}
