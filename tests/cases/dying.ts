import type { Database, Queryable } from '@wayside/pipeline/app/database';

export interface DyingDatabase {
  readonly database: Database;
  readonly died: () => boolean;
}

/** A database that dies at the nth statement of each transaction, counted from 1; what it had done is rolled back. */
export function dyingAt(database: Database, statement: number): DyingDatabase {
  let died = false;
  return {
    died: () => died,
    database: {
      ...database,
      transaction: (work) =>
        database.transaction((tx) => {
          let count = 0;
          const dying: Queryable = {
            query: (sql, params) => {
              count += 1;
              died ||= count === statement;
              return count >= statement ? Promise.reject(new Error('crash')) : tx.query(sql, params);
            },
          };
          return work(dying);
        }),
    },
  };
}
