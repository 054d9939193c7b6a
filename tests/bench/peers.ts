/**
 * The same device traffic into the same PostgreSQL through Wayside's intake and through what else there is, one after the
 * other in one run. Each has a database, a broker and a session of its own, set to acknowledge only what is stored where
 * it can be.
 */
import { migrate } from '@wayside/pipeline/adapters/migrations';
import { openPgDatabase } from '@wayside/pipeline/adapters/pg-database';
import { startMosquitto } from '../support/engines/mosquitto.ts';
import { newDatabase } from '../support/engines/new-database.ts';
import { installedTimescale, startPostgres } from '../support/engines/postgres.ts';
import { startRedis } from '../support/engines/redis.ts';
import type { Engine } from '../support/engines/engine.ts';
import { temporaryFolder } from '../support/wayside.ts';
import { measure, type Measured, type Shares } from './peers/measure.ts';
import { nodeRed } from './peers/node-red.ts';
import type { Subject } from './peers/subject.ts';
import { telegraf } from './peers/telegraf.ts';
import { recordTraffic } from './peers/traffic.ts';
import { wayside } from './peers/wayside.ts';

export const description =
  'messages stored a second, cost, latency and loss beside Telegraf and Node-RED (--count N messages of backlog)';

interface Options {
  readonly json: boolean;
  readonly count?: string;
}

const SUBJECTS: readonly Subject[] = [wayside, telegraf, nodeRed];
const PACED = 2_000;
const KILLED = 6_000;
/** Its Go modules are not to be had from where this was written, so how it would be set could not be tried. */
const NOT_HERE = 'Redpanda Connect';

export async function run({ json, count = '20000' }: Options): Promise<object> {
  const say = (text: string): void => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  if (!installedTimescale()) {
    say('skipped: PostgreSQL with TimescaleDB is missing (npm run engines)');
    return { skipped: ['PostgreSQL with TimescaleDB'] };
  }
  const skipped = [NOT_HERE, ...SUBJECTS.flatMap((subject) => subject.lacks() ?? [])];
  say(`skipped: ${skipped.join(', ')}`);
  say('recording the traffic of 200 cameras …');
  const traffic = await recordTraffic(Number(count) + PACED + KILLED);
  const shares: Shares = {
    drain: traffic.slice(0, Number(count)),
    latency: traffic.slice(Number(count), Number(count) + PACED),
    kill: traffic.slice(Number(count) + PACED),
  };
  const postgres = await startPostgres({ settings: { track_commit_timestamp: 'on' } });
  try {
    const measured: Record<string, Measured & { readonly how: string }> = {};
    for (const subject of SUBJECTS.filter(({ lacks }) => lacks() === undefined))
      measured[subject.name] = { how: subject.how, ...(await measureOne(subject, postgres, shares, say)) };
    const bytes = traffic.reduce((sum, { payload }) => sum + payload.length, 0);
    const result = {
      messages: traffic.length,
      bytesEach: Math.round(bytes / traffic.length),
      measured,
      skipped,
    };
    say(table(measured));
    return result;
  } finally {
    await postgres.remove();
  }
}

async function measureOne(
  subject: Subject,
  postgres: Engine,
  shares: Shares,
  say: (text: string) => void,
): Promise<Measured> {
  const { url } = await newDatabase(postgres.url, 'peers');
  const database = openPgDatabase(url, { maxConnections: 2 });
  await migrate(database); // for all, so that all write beside the same extension
  const [mosquitto, redis] = await Promise.all([startMosquitto(), startRedis()]);
  const folder = temporaryFolder('peers');
  try {
    const around = { database, databaseUrl: url, mqttUrl: mosquitto.url, redisUrl: redis.url };
    const bench = { subject, around: { ...around, folder: folder.path }, postgresPid: postgres.pid };
    return await measure(bench, shares, say);
  } finally {
    await database.close();
    await Promise.all([mosquitto.remove(), redis.remove()]);
    folder.remove();
  }
}

function table(measured: Readonly<Record<string, Measured>>): string {
  const lines = Object.entries(measured).map(([name, { drain, latencyMs, kill }]) =>
    [
      name.padEnd(14),
      `${drain.rowsPerSecond} rows/s`.padStart(14),
      `${drain.microsecondsPerRow.itself} + ${drain.microsecondsPerRow.postgres} µs`.padStart(16),
      `${drain.peakMemoryMb} MB`.padStart(8),
      `${latencyMs.p50} / ${latencyMs.p99} ms`.padStart(14),
      `${kill.lost} of ${kill.published}`.padStart(12),
      `${kill.doubled}`.padStart(9),
    ].join(' '),
  );
  const head = 'subject            stored  itself+database   memory   p50 / p99          lost  doubled';
  return [head, ...lines].join('\n');
}
