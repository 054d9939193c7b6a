/**
 * Two who resolve the same holds at the same time, one by posting and one by releasing, each over a line of its own: a
 * quarter of all holds is fought over, and each must be resolved once and one way.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openPgDatabase, type PgDatabase } from '@wayside/pipeline/adapters/pg-database';
import { resolveHold } from '@wayside/pipeline/app/ledger/resolve-hold';
import { chance } from '../random.ts';
import type { Ground } from './ground.ts';

const SHARE = 0.25;
const AT_ONCE = 20;
const EVERY_MS = 400;

/** Which holds are fought over. */
export const mayBeResolved = (holdId: string): boolean => chance('resolved', holdId) < SHARE;

export interface Resolvers {
  close(): Promise<void>;
}

export function openResolvers({ databaseUrl, links }: Ground): Promise<Resolvers> {
  const stopping = new AbortController();
  const line = links.find(({ name }) => name === 'worker-1 postgres');
  const through = new URL(databaseUrl);
  through.port = String(line?.port ?? through.port);
  const databases = [databaseUrl, through.href].map((url) =>
    openPgDatabase(url, { maxConnections: 2, connectTimeoutMs: 3_000, statementTimeoutMs: 10_000 }),
  );
  const running = databases.map((database, index) =>
    resolveAll(database, index === 0 ? 'post' : 'release', stopping.signal),
  );
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(running);
    await Promise.all(databases.map((database) => database.close()));
  };
  return Promise.resolve({ close: () => (closed ??= close()) });
}

async function resolveAll(database: PgDatabase, how: 'post' | 'release', signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const open = await database.query<{ readonly id: string }>(OPEN);
      const fought = open.map(({ id }) => id).filter(mayBeResolved);
      for (const id of fought.slice(0, AT_ONCE))
        await database.transaction((tx) => resolveHold(tx, id, how, `torture ${how}`, Date.now()));
    } catch {
      // the line, or the database, is away; what it was asked may have been done or not
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

const OPEN = `SELECT h.id FROM transfer h WHERE h.kind = 'hold'
  AND NOT EXISTS (SELECT 1 FROM transfer r WHERE r.hold_id = h.id) ORDER BY h.created_at DESC LIMIT 500`;
