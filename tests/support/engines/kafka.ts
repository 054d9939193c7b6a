/** Kafka in KRaft mode: each node is broker and controller. Its jars were fetched by `npm run engines` through Maven. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineCache, engineFolder, freePort, startEngine, type Engine } from './engine.ts';
import { findProgram } from './find-program.ts';

const KAFKA_VERSION = '4.1.0';
const jars = (): string => engineCache(`kafka-${KAFKA_VERSION}`);

export const hasKafka = (): boolean => findProgram('java') !== undefined && existsSync(jars());

export interface KafkaCluster {
  /** host:port of every node, separated by commas. */
  readonly brokers: string;
  readonly nodes: readonly Engine[];
  remove(): Promise<void>;
}

export interface KafkaOptions {
  readonly heapMegabytes?: number;
  /** Doors beside the common one, each known to its clients under another port: a line of the test's between. */
  readonly doors?: readonly { readonly port: number; readonly knownAs: number }[];
}

interface Node {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  readonly folder: string;
}

const CLUSTER_ID = 'd2F5c2lkZS10ZXN0cy0wMQ';

export async function startKafka(count = 1, options: KafkaOptions = {}): Promise<KafkaCluster> {
  const layout: Node[] = [];
  for (let id = 1; id <= count; id++)
    layout.push({
      id,
      port: await freePort(),
      controllerPort: await freePort(),
      folder: engineFolder(`kafka-${id}`),
    });
  const nodes = await Promise.all(layout.map((node) => startNode(node, layout, options)));
  return {
    brokers: layout.map(({ port }) => `127.0.0.1:${port}`).join(','),
    nodes,
    remove: async () => {
      await Promise.all(nodes.map((node) => node.remove()));
    },
  };
}

const HEAP_MEGABYTES = 512;
const java = (heapMegabytes: number): readonly string[] => [
  '-Xms128m',
  `-Xmx${heapMegabytes}m`,
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
];

async function startNode(node: Node, all: readonly Node[], options: KafkaOptions): Promise<Engine> {
  const file = join(node.folder, 'server.properties');
  mkdirSync(join(node.folder, 'log'));
  writeFileSync(file, properties(node, all, options.doors ?? []));
  const program = findProgram('java') ?? 'java';
  const command = (...rest: string[]) => [
    ...java(options.heapMegabytes ?? HEAP_MEGABYTES),
    '-cp',
    `${jars()}/*`,
    ...rest,
  ];
  execFileSync(program, command('kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', file), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return startEngine({
    name: `kafka ${node.id}`,
    url: `127.0.0.1:${node.port}`,
    port: node.port,
    folder: node.folder,
    command: [program, ...command('kafka.Kafka', file)],
    readyTimeoutMs: 120_000,
  });
}

function properties(node: Node, all: readonly Node[], doors: NonNullable<KafkaOptions['doors']>): string {
  const names = doors.map((_, index) => `D${index}`);
  const at = (of: readonly number[]) =>
    of.map((port, index) => `,${names[index]}://127.0.0.1:${port}`).join('');
  const copies = Math.min(3, all.length);
  const settings: Readonly<Record<string, string | number>> = {
    'process.roles': 'broker,controller',
    'node.id': node.id,
    'controller.quorum.voters': all.map((n) => `${n.id}@127.0.0.1:${n.controllerPort}`).join(','),
    listeners: `PLAINTEXT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort}${at(doors.map(({ port }) => port))}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port}${at(doors.map(({ knownAs }) => knownAs))}`,
    'listener.security.protocol.map': ['PLAINTEXT', 'CONTROLLER', ...names]
      .map((name) => `${name}:PLAINTEXT`)
      .join(','),
    'inter.broker.listener.name': 'PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(node.folder, 'log'),
    'default.replication.factor': copies,
    'min.insync.replicas': Math.max(1, copies - 1),
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': 1, // no group is joined; fifty would be looked through at each start
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 2,
    'log.cleaner.enable': 'false',
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
