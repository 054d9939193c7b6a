/**
 * The one door to Postgres, embedded or native. The same SQL runs behind both adapters: `$1` parameters, arrays as
 * JavaScript arrays (cast in the SQL: `$1::text[]`), bigint results as numbers, jsonb as parsed values, timestamptz as Date.
 */
export interface Queryable {
  /** Runs one statement. Rejects with the driver's error, whose `code` is the SQLSTATE. */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly unknown[],
  ): Promise<readonly Row[]>;
}

export interface Database extends Queryable {
  /** Commits what `work` did if it resolves; rolls all of it back and rethrows if it rejects. Do not nest. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
