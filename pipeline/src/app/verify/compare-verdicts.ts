import { canonicalJson } from '@wayside/contracts/canonical';
import type { Verdict } from '@wayside/contracts/verdict';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Queryable } from '../database.ts';
import { decideAgain } from '../judging/decide-again.ts';
import type { FaultList } from './check.ts';
import type { JudgedPartition } from './log-pages.ts';

export interface RejudgedVerdict {
  readonly verdict: Verdict;
  /** The message that completed it. */
  readonly offset: number;
}

interface VerdictRow {
  readonly id: string;
  readonly occurred_at: Date;
  readonly kind: string;
  readonly site: string;
  readonly device: string;
  readonly outcome: string;
  readonly reason: string;
  readonly profile: string;
  readonly profile_version: string;
  readonly vehicle_track: string | null;
  readonly partition: number;
  readonly log_offset: number;
  readonly body: Verdict;
}

/** Where the beginning of the log is no longer kept, a verdict this close to what is left may have begun before it. */
const CUT_MARGIN_OFFSETS = 1_000;

/** @returns how many of the verdicts stand in the record exactly as they came out again. */
export async function compareVerdicts(
  database: Queryable,
  { partition, first }: JudgedPartition,
  verdicts: readonly RejudgedVerdict[],
  profiles: readonly LawProfile[],
  faults: FaultList,
): Promise<number> {
  const firm = first === 1 ? verdicts : verdicts.filter(({ offset }) => offset >= first + CUT_MARGIN_OFFSETS);
  if (firm.length === 0) return 0;
  const rows = await database.query<VerdictRow>('SELECT * FROM verdict WHERE id = ANY($1::uuid[])', [
    [...new Set(firm.map(({ verdict }) => verdict.id))],
  ]);
  const stored = new Map(rows.map((row) => [row.id, row]));
  const same = new Set<string>();
  for (const { verdict: ruled, offset } of firm) {
    const row = stored.get(ruled.id);
    const rejudged = { verdict: decideAgain(ruled, row?.body, profiles), offset };
    const fault = difference(rejudged, row, partition);
    if (fault === undefined) same.add(rejudged.verdict.id);
    else if (fault !== 'not-comparable') faults.add(`verdict ${rejudged.verdict.id}: ${fault}`);
  }
  return same.size;
}

function difference({ verdict, offset }: RejudgedVerdict, row: VerdictRow | undefined, partition: number) {
  if (row === undefined) return 'came out of the log, but is not recorded';
  if (!comparable(verdict, row)) return 'not-comparable';
  const stored = { ...row, occurred_at: row.occurred_at.toISOString() };
  const expected = expectedRow(verdict, offset, partition);
  const differing = (Object.keys(expected) as (keyof typeof expected)[]).filter(
    (column) => canonicalJson(stored[column]) !== canonicalJson(expected[column]),
  );
  return differing.length === 0 ? undefined : `${differing.join(', ')} differ from what the log gives`;
}

/** Another version of judge or profile may say something else, and rightly so. */
const comparable = (verdict: Verdict, { body, profile, profile_version }: VerdictRow): boolean =>
  body.judge === verdict.judge &&
  profile === verdict.profile.id &&
  profile_version === verdict.profile.version;

const expectedRow = (verdict: Verdict, offset: number, partition: number) => ({
  occurred_at: new Date(verdict.occurredAtMs).toISOString(),
  kind: verdict.kind,
  site: verdict.kind === 'encounter' ? verdict.site.id : `${verdict.seat.operator}/${verdict.seat.train}`,
  device: verdict.device,
  outcome: verdict.outcome,
  reason: verdict.findings.find(({ outcome }) => outcome === verdict.outcome)?.reason ?? '',
  vehicle_track: verdict.kind === 'encounter' ? verdict.vehicle.track : null,
  partition,
  log_offset: offset,
  body: verdict,
});
