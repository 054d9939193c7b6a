/**
 * Takes back a list of mistakes. Each item is a transaction of its own: a case that is open is released through its state
 * machine, a posted entry is reversed in the ledger, and the letter that tells it is due in the same transaction. What a
 * crash left undone is done by running the same batch again; what was done is not done twice.
 */
import { contentHash } from '@wayside/contracts/canonical';
import type { CaseHouse } from '../cases/house.ts';
import { openCases } from '../cases/open-cases.ts';
import type { Database, Queryable } from '../database.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import type { ReversalBatch } from './reversal-batch.ts';
import { reverseItem, type ItemOutcome } from './reverse-item.ts';

export interface ReversalOrder {
  readonly batch: ReversalBatch;
  /** Who answers for it. */
  readonly officer: string;
  /** Does all of it and keeps nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: (text: string) => void;
}

export interface ReversalReport {
  readonly batch: string;
  readonly dryRun: boolean;
  readonly items: readonly ItemOutcome[];
  readonly counts: Readonly<Record<ItemOutcome['outcome'], number>>;
  readonly pointsGivenBack: number;
}

/** @throws LedgerError `conflict` where the batch's id stands for another list. */
export async function reverseBatch(house: CaseHouse, order: ReversalOrder): Promise<ReversalReport> {
  const { batch, officer, dryRun = false, onProgress = () => undefined } = order;
  if (!dryRun) {
    await beginBatch(house.database, order, house.clock());
    await openCases(house, { all: true });
  }
  const items: ItemOutcome[] = [];
  for (const item of batch.items) {
    const work = { batch, officer, item };
    items.push(
      await inTransaction(house.database, dryRun, async (database) => {
        if (dryRun) await beginBatch(database, order, house.clock());
        return reverseItem({ ...house, database }, work);
      }),
    );
    if (items.length % 100 === 0) onProgress(`${items.length} of ${batch.items.length} taken back`);
  }
  return { batch: batch.id, dryRun, items, counts: countsOf(items), pointsGivenBack: pointsOf(items) };
}

async function beginBatch(
  database: Queryable,
  { batch, officer }: ReversalOrder,
  nowMs: number,
): Promise<void> {
  const sha256 = contentHash(batch);
  await database.query(
    `INSERT INTO reversal_batch (id, sha256, reason, decided_by, begun_at) VALUES ($1, $2, $3, $4, $5::timestamptz)
     ON CONFLICT DO NOTHING`,
    [batch.id, sha256, batch.reason, officer, new Date(nowMs).toISOString()],
  );
  const [kept] = await database.query<{ readonly sha256: string }>(
    'SELECT sha256 FROM reversal_batch WHERE id = $1',
    [batch.id],
  );
  if (kept?.sha256 !== sha256)
    throw new LedgerError('conflict', `batch ${batch.id} stands for another list; give this one another id`);
}

class Undone extends Error {
  readonly outcome: ItemOutcome;

  constructor(outcome: ItemOutcome) {
    super('a dry run keeps nothing');
    this.outcome = outcome;
  }
}

/** A dry run does the same and rolls it back, so that it cannot say anything else than what would happen. */
function inTransaction(
  database: Database,
  dryRun: boolean,
  work: (tx: Database) => Promise<ItemOutcome>,
): Promise<ItemOutcome> {
  return database
    .transaction(async (tx) => {
      const outcome = await work({ ...database, ...tx, transaction: (inner) => inner(tx) });
      if (dryRun) throw new Undone(outcome);
      return outcome;
    })
    .catch((error: unknown) => {
      if (error instanceof Undone) return error.outcome;
      throw error;
    });
}

const pointsOf = (items: readonly ItemOutcome[]): number =>
  items.reduce((sum, { outcome, points }) => sum + (outcome === 'exists' ? 0 : points), 0);

function countsOf(items: readonly ItemOutcome[]): ReversalReport['counts'] {
  const counts = { reversed: 0, released: 0, 'nothing-left': 0, waits: 0, exists: 0, unknown: 0 };
  for (const { outcome } of items) counts[outcome] += 1;
  return counts;
}
