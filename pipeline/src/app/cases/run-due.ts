/** What lapsed is acted on, and what became final is posted. Any number of processes may run it at the same time. */
import type { CaseState } from '@wayside/contracts/case';
import type { CaseHouse } from './house.ts';
import { lockDueCase } from './rows.ts';
import { takeSteps, type Taken } from './take-steps.ts';

export interface DueReport {
  /** Cases that this run had under its hands. */
  readonly looked: number;
  /** Where those that moved came to rest. */
  readonly moved: Readonly<Partial<Record<CaseState, number>>>;
  /** Cases whose last day the holiday calendar does not cover; it must be brought up to date. */
  readonly withoutCalendar: number;
  /** Tried again some minutes later. */
  readonly failed: readonly { readonly caseId: string; readonly error: unknown }[];
}

export interface DueLimits {
  /** How many cases at most; what is left is due still. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** Cases named at once; each is then a transaction of its own, so that one that fails holds up no other. */
const PAGE = 200;
const RETRY_MS = 10 * 60_000;

export async function runDueCases(house: CaseHouse, limits: DueLimits = {}): Promise<DueReport> {
  const nowMs = house.clock();
  const tally = createTally();
  for await (const caseId of dueCases(house, nowMs, limits)) {
    const taken = await lookAt(house, caseId, nowMs).catch((error: unknown) => {
      tally.fail(caseId, error);
      return postpone(house, caseId, nowMs);
    });
    if (taken) tally.add(taken);
  }
  return tally.report();
}

interface Place {
  readonly id: string;
  readonly dueAt: string;
}

/** Goes through what is due once, the longest due first. */
async function* dueCases(
  { database }: CaseHouse,
  nowMs: number,
  { limit = 10_000, signal }: DueLimits,
): AsyncGenerator<string> {
  let after: Place = { dueAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
  for (let left = limit; left > 0;) {
    const page = await database.query<Place>(
      `SELECT id, due_at::text AS "dueAt" FROM case_file
       WHERE due_at <= $1::timestamptz AND (due_at, id) > ($2::timestamptz, $3::uuid)
       ORDER BY due_at, id LIMIT $4`,
      [new Date(nowMs).toISOString(), after.dueAt, after.id, Math.min(PAGE, left)],
    );
    for (const place of page) {
      if (signal?.aborted) return;
      after = place;
      left -= 1;
      yield place.id;
    }
    if (page.length === 0) return;
  }
}

/** @returns undefined where another process has the case, or has done it. */
const lookAt = (house: CaseHouse, caseId: string, nowMs: number): Promise<Taken | undefined> =>
  house.database.transaction(async (tx) => {
    const file = await lockDueCase(tx, caseId, nowMs);
    return file && takeSteps(tx, house, file, nowMs);
  });

async function postpone({ database }: CaseHouse, caseId: string, nowMs: number): Promise<undefined> {
  await database.query(
    'UPDATE case_file SET due_at = $3::timestamptz WHERE id = $1 AND due_at <= $2::timestamptz',
    [caseId, new Date(nowMs).toISOString(), new Date(nowMs + RETRY_MS).toISOString()],
  );
  return undefined;
}

function createTally() {
  const moved = new Map<CaseState, number>();
  const failed: { readonly caseId: string; readonly error: unknown }[] = [];
  let looked = 0;
  let withoutCalendar = 0;
  return {
    fail: (caseId: string, error: unknown) => failed.push({ caseId, error }),
    add: (taken: Taken) => {
      looked += 1;
      if (taken.withoutCalendar) withoutCalendar += 1;
      const { state } = taken.file;
      if (taken.steps.length > 0) moved.set(state, (moved.get(state) ?? 0) + 1);
    },
    report: (): DueReport => ({ looked, moved: Object.fromEntries(moved), withoutCalendar, failed }),
  };
}
