/**
 * A pool of node-postgres' shape over the one session of the embedded database, for BullMQ's PostgreSQL backend. A
 * "client" holds a turn with the session for one statement, or from BEGIN to its COMMIT or ROLLBACK, and hears what
 * the session is notified of.
 */
import { EventEmitter } from 'node:events';
import type { PgliteDatabase } from './pglite-database.ts';
import type { Lease, PgliteSession } from './pglite-session.ts';

interface QueryResult<Row> {
  readonly rows: Row[];
  readonly rowCount: number;
}

const BEGINS = /^\s*BEGIN\b/i;
const ENDS = /^\s*(COMMIT|ROLLBACK|END)\s*;?\s*$/i;

/** BullMQ's commands name their tables without a schema; everybody else's statements must not find them. */
const SEARCH_PATH = 'bullmq, public';

class PooledClient extends EventEmitter {
  readonly #session: PgliteSession;
  readonly #deafen: () => void;
  #transaction: Lease | undefined;

  constructor(session: PgliteSession) {
    super();
    this.#session = session;
    this.#deafen = session.onNotification((channel, payload) =>
      this.emit('notification', { channel, payload }),
    );
  }

  async query<Row = unknown>(sql: string, params?: readonly unknown[]): Promise<QueryResult<Row>> {
    const lease = this.#transaction ?? (await this.#session.lease(SEARCH_PATH));
    if (BEGINS.test(sql)) this.#transaction = lease;
    try {
      const { rows, rowCount } = await lease.run(sql, params);
      return { rows: rows as Row[], rowCount };
    } finally {
      if (this.#transaction === undefined || ENDS.test(sql)) this.#giveBack(lease);
    }
  }

  #giveBack(lease: Lease): void {
    this.#transaction = undefined;
    lease.release();
  }

  /** A transaction that was left open is rolled back. */
  release(): void {
    this.#deafen();
    if (this.#transaction) void this.query('ROLLBACK').catch(() => undefined);
  }
}

class PglitePool extends EventEmitter {
  readonly #session: PgliteSession;

  constructor(session: PgliteSession) {
    super();
    this.#session = session;
  }

  connect(): Promise<PooledClient> {
    return Promise.resolve(new PooledClient(this.#session));
  }

  async query<Row = unknown>(sql: string, params?: readonly unknown[]): Promise<QueryResult<Row>> {
    const client = await this.connect();
    try {
      return await client.query<Row>(sql, params);
    } finally {
      client.release();
    }
  }

  /** The database is closed by who opened it. */
  end(): Promise<void> {
    return Promise.resolve();
  }
}

export const pgPoolLike = ({ session }: PgliteDatabase): PglitePool => new PglitePool(session);
