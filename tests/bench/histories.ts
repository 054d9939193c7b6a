/** The model-based test of the ledger, many times over, on a native PostgreSQL: sessions that truly run side by side. */
import { migrate } from '@wayside/pipeline/adapters/migrations';
import { playHistories, type Played } from '../ledger/play.ts';
import { startLedgerServer, type PostgresServer } from '../support/engines/ledger-server.ts';

export const description = 'random histories of points against a small model (--count N), on PostgreSQL';

interface Options {
  readonly json: boolean;
  readonly count?: string;
}

/** Each with a database of its own. */
const WORKERS = 2;
/** What dies in these histories is a process of ours, never the machine: nothing is to be learnt from waiting for a disk. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off' };

export async function run({ json, count = '10000' }: Options): Promise<object> {
  const say = (text: string): void => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  const postgres = await startLedgerServer({ plain: true, settings: SETTINGS });
  if (!postgres) {
    say('skipped: postgresql not installed (apt-get install postgresql)');
    return { skipped: ['postgresql'] };
  }
  try {
    const seed = Date.now() % 1_000_000;
    const startedAt = Date.now();
    const each = Math.ceil(Number(count) / WORKERS);
    const played = await Promise.all(
      Array.from({ length: WORKERS }, (_, worker) =>
        playOn(postgres, each, seed + worker * 1_000_000, (done) =>
          say(`worker ${worker}: ${done} of ${each}`),
        ),
      ),
    );
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const result = { ...sumOf(played), seed, seconds, postgres: postgres.version };
    say(JSON.stringify(result));
    return result;
  } finally {
    await postgres.close();
  }
}

async function playOn(
  postgres: PostgresServer,
  count: number,
  seed: number,
  onProgress: (done: number) => void,
): Promise<Played> {
  const database = await postgres.openDatabase({ maxConnections: 10 });
  await migrate(database);
  const played = await playHistories(database, count, seed, onProgress);
  await database.close();
  return played;
}

function sumOf(played: readonly Played[]): Played {
  const seen: Record<string, number> = {};
  for (const one of played)
    for (const [what, times] of Object.entries(one.seen)) seen[what] = (seen[what] ?? 0) + times;
  return {
    histories: played.reduce((sum, { histories }) => sum + histories, 0),
    commands: played.reduce((sum, { commands }) => sum + commands, 0),
    seen,
  };
}
