/** The servers of the whole server profile, each behind lines of ours: one a client, so that each fails by itself. */
import { rmSync } from 'node:fs';
import { openPgDatabase, type PgDatabase } from '@wayside/pipeline/adapters/pg-database';
import { Lifecycle } from '@wayside/pipeline/app/lifecycle';
import { freePort, type Engine } from '../../support/engines/engine.ts';
import { hasKafka, startKafka } from '../../support/engines/kafka.ts';
import { mosquittoProgram, startMosquitto } from '../../support/engines/mosquitto.ts';
import { newDatabase } from '../../support/engines/new-database.ts';
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
const CLOSE_WITHIN_MS = 60_000;
const KAFKA_HEAP_MB = 256;
const POSTGRES = { max_connections: '150', shared_buffers: '128MB', max_wal_size: '256MB' };

/** What was opened before something failed is closed again. */
export async function openGround(parts: readonly PartPlan[]): Promise<Ground> {
  const lifecycle = new Lifecycle();
  try {
    return await open(parts, lifecycle);
  } catch (error) {
    await lifecycle.close(CLOSE_WITHIN_MS).catch(() => undefined);
    throw error;
  }
}

async function open(parts: readonly PartPlan[], lifecycle: Lifecycle): Promise<Ground> {
  const { disk, ...engines } = await openEngines(lifecycle);
  const { postgres, redis, mosquitto } = engines;
  const links: Link[] = [];
  const link = async (name: string, targets: () => readonly number[]): Promise<number> => {
    const opened = await openLink(name, targets);
    lifecycle.onClose(name, () => opened.close());
    links.push(opened);
    return opened.port;
  };
  const kafkaDoors: { readonly name: string; readonly port: number; readonly knownAs: number }[] = [];
  for (const { name } of parts) {
    const port = await freePort();
    kafkaDoors.push({ name, port, knownAs: await link(`${name} kafka`, () => [port]) });
  }
  const kafka = await startKafka(1, { heapMegabytes: KAFKA_HEAP_MB, doors: kafkaDoors });
  lifecycle.onClose('kafka', () => kafka.remove());
  const database = await freshDatabase(postgres.url);
  lifecycle.onClose('database', () => database.opened.close());
  const argsByPart = new Map<string, readonly string[]>();
  const doorPorts: number[] = [];
  for (const { name, door } of parts) {
    const pgPort = await link(`${name} postgres`, () => [portOf(postgres)]);
    const redisPort = await link(`${name} redis`, () => [portOf(redis)]);
    const args = [
      ...['--database', `postgres://postgres@127.0.0.1:${pgPort}/${database.name}`],
      ...['--redis', `redis://127.0.0.1:${redisPort}`],
      ...['--partitions', String(PARTITIONS), '--connections', '6'],
      ...['--kafka', `127.0.0.1:${kafkaDoors.find((one) => one.name === name)?.knownAs ?? 0}`],
      ...['--topic', database.name],
    ];
    if (door === 'broker') {
      const mqttPort = await link(`${name} mosquitto`, () => [portOf(mosquitto)]);
      args.push('--mqtt', `mqtt://127.0.0.1:${mqttPort}`, '--mqtt-sessions', '2');
    } else if (door === 'house') {
      const port = await freePort();
      doorPorts.push(port);
      args.push('--mqtt-port', String(port));
    }
    argsByPart.set(name, args);
  }
  const housePort = await link('devices house', () => doorPorts);
  const brokerPort = await link('devices broker', () => [portOf(mosquitto)]);
  return {
    engines: { ...engines, kafka: kafka.nodes[0] as Engine },
    database: database.opened,
    databaseUrl: database.url,
    ...(disk && { disk }),
    links,
    argsOf: ({ name }) => argsByPart.get(name) ?? [],
    doors: { house: `mqtt://127.0.0.1:${housePort}`, broker: `mqtt://127.0.0.1:${brokerPort}` },
    close: () => lifecycle.close(CLOSE_WITHIN_MS),
  };
}

async function openEngines(lifecycle: Lifecycle) {
  let disk: Disk | undefined;
  const onDisk = (folder: string): void => {
    const mounted = mountDisk(folder);
    disk = mounted;
    lifecycle.onClose('folder', () => rmSync(folder, { recursive: true, force: true }));
    lifecycle.onClose('disk', () => {
      mounted.remove();
    });
  };
  const postgres = await startPostgres({ settings: POSTGRES, ...(canMount() && { onDisk }) });
  lifecycle.onClose('postgres', () => (disk ? postgres.stop() : postgres.remove()));
  const redis = await startRedis();
  lifecycle.onClose('redis', () => redis.remove());
  const mosquitto = await startMosquitto({ autosaveSeconds: 1 });
  lifecycle.onClose('mosquitto', () => mosquitto.remove());
  return { postgres, redis, mosquitto, disk };
}

const portOf = ({ url }: Engine): number => Number(new URL(url.includes('://') ? url : `tcp://${url}`).port);

async function freshDatabase(serverUrl: string) {
  const { name, url } = await newDatabase(serverUrl, 'wayside_torture');
  return { name, url, opened: openPgDatabase(url, { maxConnections: 2 }) };
}
