/** The event logs that the conformance suite runs on. */
import { randomBytes } from 'node:crypto';
import { openKafkaEventLog } from '@wayside/pipeline/adapters/kafka-event-log';
import { openPostgresEventLog } from '@wayside/pipeline/adapters/postgres-event-log';
import type { Database } from '@wayside/pipeline/app/database';
import type { LogReader, LogWriter, LoggedMessage } from '@wayside/pipeline/app/event-log';
import { pino } from 'pino';
import { databaseAdapters, type DatabaseAdapter } from './databases.ts';

export interface EventLogAdapter extends DatabaseAdapter {
  readonly openLog: (database: Database, partitions?: number) => Promise<LogWriter & LogReader>;
  /** Whether a batch that fails leaves nothing behind. */
  readonly whole: boolean;
}

/** host:port of the brokers of a Kafka on which topics may be made. */
const brokers = process.env['WAYSIDE_TEST_KAFKA'];
const silent = pino({ level: 'silent' });

const onPostgres = databaseAdapters.map((adapter) => ({
  ...adapter,
  whole: true,
  openLog: (database: Database, partitions = 1) => openPostgresEventLog(database, { partitions }),
}));

export const eventLogAdapters: readonly EventLogAdapter[] = [
  ...onPostgres,
  ...databaseAdapters.map((adapter) => onKafka(adapter)),
];

/** The topic is the database's own, and goes with its name. */
function onKafka(adapter: DatabaseAdapter): EventLogAdapter {
  const logs = new Map<Database, { readonly topic: string; readonly closes: (() => Promise<void>)[] }>();
  return {
    ...adapter,
    name: `Kafka with ${adapter.name}${brokers === undefined ? ' (skipped: WAYSIDE_TEST_KAFKA is not set)' : ''}`,
    skipped: adapter.skipped || brokers === undefined,
    whole: false,
    open: async () => {
      const database = await adapter.open();
      const closes: (() => Promise<void>)[] = [];
      const opened: Database = {
        ...database,
        close: async () => {
          for (const close of closes) await close();
          await database.close();
        },
      };
      logs.set(opened, { topic: `test-${randomBytes(6).toString('hex')}`, closes });
      return opened;
    },
    openLog: async (database, partitions = 1) => {
      const { topic = '', closes = [] } = logs.get(database) ?? {};
      const of = { brokers: brokers ?? '', topic, partitions, replication: 1, retentionMs: null };
      const log = await openKafkaEventLog(database, of, silent);
      closes.push(() => log.close());
      return log;
    },
  };
}

/** Reads until all that was asked for and stands in the log is at hand, or a while has passed without more. */
export const readOf =
  (log: LogReader) =>
  async (partition: number, from: number, limit: number): Promise<readonly LoggedMessage[]> => {
    const expected = Math.min(limit, (await log.head(partition)) - from + 1);
    let found = await log.read(partition, from, limit);
    for (let tries = 0; found.length < expected && tries < 20; tries++) {
      const before = found.length;
      await log.changed(200, new AbortController().signal);
      found = await log.read(partition, from, limit);
      if (found.length > before) tries = 0;
      else if (before > 0 && tries > 3) break;
    }
    return found;
  };
