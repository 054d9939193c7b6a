/** The shared engines of a run (`npm run test:server` starts them), and what each test makes of its own on them. */
import { openPgDatabase, type PgDatabase } from '@wayside/pipeline/adapters/pg-database';
import { newDatabase } from '../support/engines/new-database.ts';
import { mosquittoProgram, startMosquitto } from '../support/engines/mosquitto.ts';
import { redisProgram, startRedis } from '../support/engines/redis.ts';
import type { Engine } from '../support/engines/engine.ts';

/** Asked when needed: who starts engines for a run sets these. */
const address = (name: 'PG' | 'KAFKA'): string | undefined => process.env[`WAYSIDE_TEST_${name}`];

/** What this machine lacks for the whole server profile. */
const missing = (): readonly string[] => [
  ...(address('PG') === undefined ? ['PostgreSQL with TimescaleDB'] : []),
  ...(address('KAFKA') === undefined ? ['Kafka'] : []),
  ...(mosquittoProgram() === undefined ? ['Mosquitto'] : []),
  ...(redisProgram() === undefined ? ['Redis'] : []),
];
export const canServe = (): boolean => missing().length === 0;
export const WITHOUT_ENGINES = (): string =>
  canServe() ? '' : ` (SKIPPED: npm run test:server brings what is missing here: ${missing().join(', ')})`;

export interface Ground {
  readonly database: PgDatabase;
  readonly redis: Engine;
  readonly mosquitto: Engine;
  /** What a role is started with. */
  readonly args: readonly string[];
  close(): Promise<void>;
}

export interface GroundOptions {
  readonly partitions?: number;
  readonly brokers?: string;
  readonly replication?: number;
}

/** A database and a topic of its own; Redis and Mosquitto of its own, so that they may be hurt. */
export async function openGround(options: GroundOptions = {}): Promise<Ground> {
  const { name, url, drop } = await newDatabase(address('PG') ?? '', 'wayside_test');
  const [redis, mosquitto] = await Promise.all([startRedis(), startMosquitto()]);
  const database = openPgDatabase(url, { maxConnections: 4 });
  return {
    database,
    redis,
    mosquitto,
    args: [
      ...['--database', url, '--redis', redis.url, '--mqtt', mosquitto.url, '--mqtt-sessions', '2'],
      ...['--kafka', options.brokers ?? address('KAFKA') ?? '', '--topic', name],
      ...['--partitions', String(options.partitions ?? 4)],
      ...['--replication', String(options.replication ?? 1)],
    ],
    close: async () => {
      await Promise.all([redis.remove(), mosquitto.remove(), database.close()]);
      await drop();
    },
  };
}
