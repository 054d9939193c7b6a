/** The servers of the whole server profile, each behind lines of ours: one a client, so that each fails by itself. */
import { randomBytes } from 'node:crypto';
import { openPgDatabase, type PgDatabase } from '@wayside/pipeline/adapters/pg-database';
import { freePort, type Engine } from '../../support/engines/engine.ts';
import { hasKafka, startKafka } from '../../support/engines/kafka.ts';
import { mosquittoProgram, startMosquitto } from '../../support/engines/mosquitto.ts';
import { installedTimescale, startPostgres } from '../../support/engines/postgres.ts';
import { redisProgram, startRedis } from '../../support/engines/redis.ts';
import { openLink, type Link } from '../net/link.ts';
import { canMount, mountDisk, type Disk } from './disk.ts';
import { hasKafkaClient } from './kafka-client.ts';
import type { PartPlan } from './parts.ts';

export type EngineName = 'postgres' | 'redis' | 'mosquitto' | 'kafka';

export interface Ground {
  readonly engines: Readonly<Record<EngineName, Engine>>;
  /** Straight to the database, past all lines. */
  readonly database: PgDatabase;
  readonly databaseUrl: string;
  /** Where the database stands on a disk of its own; absent where this machine mounts none. */
  readonly disk?: Disk;
  readonly links: readonly Link[];
  /** What a part of the house is started with. */
  argsOf(part: PartPlan): readonly string[];
  /** Where devices connect. */
  readonly doors: Readonly<Record<'house' | 'broker', string>>;
  close(): Promise<void>;
}

/** @returns what this machine lacks for it. */
export const missingEngines = (): readonly string[] => [
  ...(installedTimescale() ? [] : ['PostgreSQL with TimescaleDB']),
  ...(redisProgram() === undefined ? ['Redis'] : []),
  ...(mosquittoProgram() === undefined ? ['Mosquitto'] : []),
  ...(hasKafka() ? [] : ['Kafka']),
  ...(hasKafkaClient() ? [] : ['the Kafka client (npm run native)']),
];

const PARTITIONS = 6;
const KAFKA_HEAP_MB = 256;
const POSTGRES = { max_connections: '150', shared_buffers: '128MB', max_wal_size: '256MB' };

export async function openGround(parts: readonly PartPlan[]): Promise<Ground> {
  const disks: Disk[] = [];
  const onDisk = (folder: string): void => void disks.push(mountDisk(folder));
  const postgres = await startPostgres({ settings: POSTGRES, ...(canMount() && { onDisk }) });
  const [redis, mosquitto] = await Promise.all([startRedis(), startMosquitto({ autosaveSeconds: 1 })]);
  const links: Link[] = [];
  const link = async (name: string, targets: () => readonly number[]): Promise<number> => {
    const opened = await openLink(name, targets);
    links.push(opened);
    return opened.port;
  };
  const kafkaDoors = await Promise.all(
    parts.map(async ({ name }) => {
      const port = await freePort();
      return { name, port, knownAs: await link(`${name} kafka`, () => [port]) };
    }),
  );
  const kafka = await startKafka(1, { heapMegabytes: KAFKA_HEAP_MB, doors: kafkaDoors });
  const database = await freshDatabase(postgres.url);
  const url = (scheme: string, port: number): string => `${scheme}://127.0.0.1:${port}`;
  const argsByPart = new Map<string, readonly string[]>();
  const doorPorts: number[] = [];
  for (const { name, door } of parts) {
    const pgPort = await link(`${name} postgres`, () => [portOf(postgres)]);
    const redisPort = await link(`${name} redis`, () => [portOf(redis)]);
    const args = [
      ...['--database', `postgres://postgres@127.0.0.1:${pgPort}/${database.name}`],
      ...['--redis', url('redis', redisPort), '--partitions', String(PARTITIONS), '--connections', '6'],
      ...['--kafka', `127.0.0.1:${kafkaDoors.find((one) => one.name === name)?.knownAs ?? 0}`],
      ...['--topic', database.name],
    ];
    if (door === 'broker') {
      const mqttPort = await link(`${name} mosquitto`, () => [portOf(mosquitto)]);
      args.push('--mqtt', url('mqtt', mqttPort), '--mqtt-sessions', '2');
    } else if (door === 'house') {
      const port = await freePort();
      doorPorts.push(port);
      args.push('--mqtt-port', String(port));
    }
    argsByPart.set(name, args);
  }
  const housePort = await link('devices house', () => doorPorts);
  const brokerPort = await link('devices broker', () => [portOf(mosquitto)]);
  const [disk] = disks;
  return {
    engines: { postgres, redis, mosquitto, kafka: kafka.nodes[0] as Engine },
    database: database.opened,
    databaseUrl: database.url,
    ...(disk && { disk }),
    links,
    argsOf: ({ name }) => argsByPart.get(name) ?? [],
    doors: { house: url('mqtt', housePort), broker: url('mqtt', brokerPort) },
    close: async () => {
      await Promise.all(links.map((one) => one.close()));
      await database.opened.close();
      await Promise.all([redis.remove(), mosquitto.remove(), kafka.remove()]);
      await postgres.stop();
      for (const one of disks) one.remove();
      await postgres.remove();
    },
  };
}

const portOf = ({ url }: Engine): number => Number(new URL(url.includes('://') ? url : `tcp://${url}`).port);

async function freshDatabase(serverUrl: string) {
  const name = `wayside_torture_${randomBytes(6).toString('hex')}`;
  const admin = openPgDatabase(serverUrl, { maxConnections: 1 });
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.close();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, opened: openPgDatabase(url.href, { maxConnections: 2 }) };
}
