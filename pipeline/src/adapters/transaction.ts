import type { Queryable } from '../app/database.ts';
import { StoreError } from './store-error.ts';

/**
 * BEGIN, `work`, COMMIT; ROLLBACK and rethrow where anything rejects. COMMIT of a transaction that a statement has
 * already failed in would quietly roll back, so work that swallowed such a failure is refused in words.
 * @param on the connection that is this transaction's alone until it ends.
 */
export async function runTransaction<T>(on: Queryable, work: (tx: Queryable) => Promise<T>): Promise<T> {
  await on.query('BEGIN');
  try {
    const watched = watchFailures(on);
    const result = await work(watched.tx);
    if (watched.failed()) await assertUsable(on);
    await on.query('COMMIT');
    return result;
  } catch (error) {
    await on.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

function watchFailures(on: Queryable): { readonly tx: Queryable; readonly failed: () => boolean } {
  let failures = 0;
  const tx: Queryable = {
    query: (sql, params) =>
      on.query<never>(sql, params).catch((error: unknown) => {
        failures++;
        throw error;
      }),
  };
  return { tx, failed: () => failures > 0 };
}

/** A rollback to a savepoint mends a transaction; anything else leaves it aborted (SQLSTATE 25P02). */
async function assertUsable(on: Queryable): Promise<void> {
  try {
    await on.query('SELECT 1');
  } catch (error) {
    throw new StoreError('transaction-aborted', 'a statement of the transaction failed and was ignored', {
      cause: error,
    });
  }
}
