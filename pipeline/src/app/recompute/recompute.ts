/**
 * Verdicts under another version of the rules, over any time range: lists whom it would touch and how, and changes
 * nothing. What is to be given back is carried out by `reverseBatch`, from the list a person has read.
 */
import { contentHash } from '@wayside/contracts/canonical';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { JUDGE_VERSION } from '../../domain/judge/version.ts';
import type { Queryable } from '../database.ts';
import { compareRecord, type Compared, type Touched } from './compare-record.ts';
import { judgeAgain, type TimeSpan } from './judge-again.ts';
import type { ReversalBatch } from './reversal-batch.ts';

export interface RecomputeOrder extends TimeSpan {
  /** The rules to judge under, in place of the version of the same id that was in force. */
  readonly profile: LawProfile;
  /** All others of the house. */
  readonly others: readonly LawProfile[];
  readonly site?: string;
  readonly onProgress?: (text: string) => void;
}

export interface RecomputeReport extends Compared {
  readonly judge: string;
  readonly profile: { readonly id: string; readonly version: string };
  readonly from: string;
  readonly to: string;
  readonly verdicts: number;
  readonly batch: ReversalBatch;
}

export async function recompute(database: Queryable, order: RecomputeOrder): Promise<RecomputeReport> {
  const { profile, others, fromMs, toMs, site, onProgress } = order;
  const rest = others.filter(({ id }) => id !== profile.id);
  const again = await judgeAgain(database, [profile, ...rest], { fromMs, toMs }, onProgress);
  const scope = { profile: profile.id, fromMs, toMs, ...(site !== undefined && { site }) };
  const compared = await compareRecord(database, scope, again);
  const ref = { id: profile.id, version: profile.version };
  return {
    judge: JUDGE_VERSION,
    profile: ref,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    verdicts: again.verdicts,
    ...compared,
    batch: batchOf(compared.touched, `recomputed by ${JUDGE_VERSION} under ${ref.id} of ${ref.version}`),
  };
}

/** The same list for the same reason is the same batch. */
export function batchOf(touched: readonly Touched[], reason: string): ReversalBatch {
  const items = touched
    .filter(({ action }) => action === 'give-back')
    .map(({ infraction, pointsBefore, pointsAfter }) => ({
      infraction,
      back: pointsAfter === 0 ? ('all' as const) : pointsBefore - pointsAfter,
    }));
  const id = `r-${contentHash({ reason, items }).slice(0, 16)}`;
  return { schema: 'wayside.reversal-batch.v1', id, reason, items };
}
