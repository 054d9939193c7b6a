/** The child process of the hostile benchmark: the real broker, intake and embedded database. Answers its parent. */
import { pino } from 'pino';
import { listenForDevices } from '../src/adapters/aedes-broker.ts';
import { migrate } from '../src/adapters/migrations.ts';
import { openPgliteDatabase } from '../src/adapters/pglite-database.ts';
import { openPostgresEventLog } from '../src/adapters/postgres-event-log.ts';
import { createIntake, type IntakeCounters } from '../src/app/intake/intake.ts';

export interface HouseStatus {
  readonly port: number;
  readonly counters: IntakeCounters;
  /** Dead letters in the store, by reason. */
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly stored: number;
  readonly memoryMb: { readonly rss: number; readonly heap: number; readonly external: number };
}

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined || !process.send) throw new Error('started by hostile.ts alone');

const logger = pino({ level: 'fatal' });
const db = await openPgliteDatabase(dataDir);
await migrate(db);
const log = await openPostgresEventLog(db);
const intake = createIntake({ log, clock: Date.now, logger, jurisdictions: new Set(['cn', 'uk']) });
const broker = await listenForDevices({ intake, logger, host: '127.0.0.1', port: 0 });

async function status(): Promise<HouseStatus> {
  const reasons = await db.query<{ reason: string; count: number }>(
    'SELECT reason, count(*) AS count FROM dead_letter GROUP BY reason ORDER BY reason',
  );
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const inMb = (bytes: number) => Math.round(bytes / 1e5) / 10;
  return {
    port: broker.port,
    counters: intake.counters(),
    deadLetters: Object.fromEntries(reasons.map(({ reason, count }) => [reason, count])),
    stored: await log.head(0),
    memoryMb: { rss: inMb(rss), heap: inMb(heapUsed), external: inMb(external) },
  };
}

process.on('message', () => void status().then((answer) => process.send?.(answer)));
process.on('disconnect', () => process.exit());
process.send('ready');
