import type { CaseEvent, CaseReason } from '@wayside/contracts/case';
import { SYSTEM, type CaseFile } from '../../domain/case/case-file.ts';
import type { CaseHouse } from '../cases/house.ts';
import { takeSteps } from '../cases/take-steps.ts';
import type { Queryable } from '../database.ts';

/** What became of a letter, as a step of its case. A case that takes it no more stays as it is. The caller has it locked. */
export async function tellCase(
  tx: Queryable,
  cases: CaseHouse,
  file: CaseFile,
  told: { readonly event: CaseEvent; readonly reason: CaseReason; readonly noticeId: string },
): Promise<void> {
  const { noticeId, ...step } = told;
  const nowMs = cases.clock();
  await takeSteps(tx, cases, file, nowMs, {
    command: { ...step, actor: SYSTEM, atMs: nowMs, reference: `notice:${noticeId}` },
    check: () => Promise.resolve(undefined),
  });
}
