/**
 * Which statements are worth keeping parsed and planned on a connection: those that are asked again and again. A name holds
 * for a connection alone, and whoever connects anew, as after a failover, prepares anew.
 */
export interface PreparedNames {
  /** @returns the name a statement is prepared under; undefined while it is asked seldom. */
  readonly nameOf: (sql: string) => string | undefined;
}

/** So often a statement is asked before it is prepared: what is asked once a day would only fill the server's memory. */
const SELDOM = 16;
/** Statements counted and prepared: more than there are texts in the house. */
const MOST = 256;

export function preparedNames({ seldom = SELDOM, most = MOST } = {}): PreparedNames {
  const asked = new Map<string, { times: number; readonly name: string }>();
  return {
    nameOf: (sql) => {
      const known = asked.get(sql);
      if (known) return ++known.times > seldom ? known.name : undefined;
      if (asked.size < most) asked.set(sql, { times: 1, name: `often_${asked.size}` });
      return undefined;
    },
  };
}

const STALE: ReadonlySet<unknown> = new Set([
  '0A000', // a migration changed what it gives: "cached plan must not change result type"
  '26000', // somebody between forgot it, as who hands out another connection for each transaction does
]);

/** Whether a connection's prepared statements are no good any more: it must be thrown away, for each would fail for ever. */
export const isStale = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && STALE.has(error.code);
