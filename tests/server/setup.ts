/** Starts the engines that this machine has, for the whole run, and says which it lacks. */
import { createRequire } from 'node:module';
import type { Engine } from '../support/engines/engine.ts';
import { hasKafka, startKafka } from '../support/engines/kafka.ts';
import { mosquittoProgram, startMosquitto } from '../support/engines/mosquitto.ts';
import { installedTimescale, startPostgres } from '../support/engines/postgres.ts';
import { redisProgram, startRedis } from '../support/engines/redis.ts';

interface Shared {
  readonly name: string;
  readonly variable: string;
  readonly here: () => boolean;
  readonly start: () => Promise<{ readonly address: string; remove(): Promise<void> }>;
}

const of = async (engine: Promise<Engine>) => {
  const started = await engine;
  return { address: started.url, remove: () => started.remove() };
};

const ENGINES: readonly Shared[] = [
  {
    name: 'PostgreSQL with TimescaleDB',
    variable: 'WAYSIDE_TEST_PG',
    here: () => installedTimescale() !== undefined,
    start: () => of(startPostgres()),
  },
  {
    name: 'Redis',
    variable: 'WAYSIDE_TEST_REDIS',
    here: () => redisProgram() !== undefined,
    start: () => of(startRedis()),
  },
  {
    name: 'Mosquitto',
    variable: 'WAYSIDE_TEST_MQTT',
    here: () => mosquittoProgram() !== undefined,
    start: () => of(startMosquitto()),
  },
  {
    name: 'Kafka and its client (npm run native)',
    variable: 'WAYSIDE_TEST_KAFKA',
    here: () => hasKafka() && hasKafkaClient(),
    start: async () => {
      const cluster = await startKafka();
      return { address: cluster.brokers, remove: () => cluster.remove() };
    },
  },
];

function hasKafkaClient(): boolean {
  try {
    createRequire(import.meta.url).resolve('node-rdkafka');
    return true;
  } catch {
    return false;
  }
}

/** A variable that is set names an engine that runs already. */
export default async function setup(): Promise<() => Promise<void>> {
  const wanted = ENGINES.filter(({ variable }) => process.env[variable] === undefined);
  for (const { name } of wanted.filter(({ here }) => !here()))
    process.stdout.write(`missing here: ${name} (npm run engines); its tests are skipped\n`);
  const started = await Promise.all(
    wanted
      .filter(({ here }) => here())
      .map(async ({ variable, start }) => {
        const engine = await start();
        process.env[variable] = engine.address;
        return engine;
      }),
  );
  return async () => {
    await Promise.all(started.map((engine) => engine.remove()));
  };
}
