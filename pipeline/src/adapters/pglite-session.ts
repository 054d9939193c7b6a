/**
 * The one session of the embedded database. PGlite knows a single session, so everybody takes turns: a lease is a turn, first come, first served.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mutex } from 'async-mutex';
import { lockData } from './data-lock.ts';
import { openPgliteThread, type PgliteThread } from './pglite-thread.ts';
import type { SessionResult } from './pglite-wire.ts';
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
  if (dir === undefined) return sessionOf(await openPgliteThread(undefined), () => undefined);
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
async function openCluster(dir: string): Promise<PgliteThread> {
  const cluster = join(dir, 'cluster');
  const mark = join(dir, 'complete');
  if (!existsSync(mark)) rmSync(cluster, { recursive: true, force: true });
  const pg = await openPgliteThread(cluster);
  writeFileSync(mark, '');
  return pg;
}

function sessionOf(pg: PgliteThread, unlock: () => void): PgliteSession {
  const turns = new Mutex();
  const closed = new AbortController();
  let currentPath = '';
  return {
    async lease(searchPath = 'public') {
      const release = await turns.acquire();
      try {
        if (closed.signal.aborted) throw new StoreError('closed', 'the embedded database is closed');
        if (currentPath !== searchPath) await pg.run(`SET search_path TO ${searchPath}`, []);
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

const leaseOf = (pg: PgliteThread, release: () => void): Lease => ({
  run: (sql, params = []) => pg.run(sql, params),
  release,
});
