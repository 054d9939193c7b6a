/** What the command line and the environment say of the server profile. Addresses may hold secrets, so they may stand in files. */
import { Option, type Command } from 'commander';
import type { HouseConfig } from '../config.ts';
import { ROLES, type Role } from '../server-config.ts';
import { readSetting } from './settings.ts';

/** As the environment has it: WAYSIDE_DATABASE_URL, or WAYSIDE_DATABASE_URL_FILE, and so on. */
export interface ServerEnvironment {
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly kafkaBrokers: string | undefined;
  readonly mqttUrl: string | undefined;
  readonly mqttUsername: string | undefined;
  readonly mqttPassword: string | undefined;
  readonly mqttCa: string | undefined;
}

export interface ServerOptions {
  readonly role: Role | 'all';
  readonly database?: string;
  readonly redis?: string;
  readonly kafka?: string;
  readonly topic: string;
  readonly replication: number;
  readonly partitions: number;
  readonly mqtt?: string;
  readonly mqttSessions: number;
  readonly connections: number;
}

export const readServerEnvironment = (env: NodeJS.ProcessEnv): ServerEnvironment => ({
  databaseUrl: readSetting(env, 'WAYSIDE_DATABASE_URL'),
  redisUrl: readSetting(env, 'WAYSIDE_REDIS_URL'),
  kafkaBrokers: readSetting(env, 'WAYSIDE_KAFKA_BROKERS'),
  mqttUrl: readSetting(env, 'WAYSIDE_MQTT_URL'),
  mqttUsername: readSetting(env, 'WAYSIDE_MQTT_USERNAME'),
  mqttPassword: readSetting(env, 'WAYSIDE_MQTT_PASSWORD'),
  mqttCa: readSetting(env, 'WAYSIDE_MQTT_CA'),
});

export const withServerOptions = (command: Command, number: (text: string) => number): Command =>
  command
    .addOption(
      new Option('--role <role>', 'what this process does in a house of several')
        .choices([...ROLES, 'all'])
        .default('all'),
    )
    .option(
      '--database <url>',
      'PostgreSQL with TimescaleDB in place of the embedded one (WAYSIDE_DATABASE_URL)',
    )
    .option('--connections <n>', 'to that database', number, 16)
    .option('--redis <url>', 'for wake-ups and the live feed (WAYSIDE_REDIS_URL)')
    .option(
      '--kafka <brokers>',
      'for the event log, host:port,… (WAYSIDE_KAFKA_BROKERS); else it is in the database',
    )
    .option('--topic <name>', 'of the event log', 'wayside-log')
    .option('--replication <n>', 'copies of each message in Kafka', number, 1)
    .option('--partitions <n>', 'of the event log: so many judges can work', number, 12)
    .option('--mqtt <url>', 'a broker of others in place of our own (WAYSIDE_MQTT_URL)')
    .option('--mqtt-sessions <n>', 'at that broker, shared by all intakes', number, 4);

/** @returns undefined for the embedded profile. */
export function serverConfigOf(options: ServerOptions, env: ServerEnvironment): HouseConfig['server'] {
  const databaseUrl = options.database ?? env.databaseUrl;
  const redisUrl = options.redis ?? env.redisUrl;
  const brokers = options.kafka ?? env.kafkaBrokers;
  const named = [databaseUrl, redisUrl, brokers, options.mqtt ?? env.mqttUrl];
  if (options.role === 'all' && named.every((url) => url === undefined)) return undefined;
  return {
    roles: options.role === 'all' ? [...ROLES] : [options.role],
    databaseUrl: databaseUrl ?? '',
    connections: options.connections,
    partitions: options.partitions,
    ...(redisUrl !== undefined && { redisUrl }),
    ...(brokers !== undefined && {
      kafka: { brokers, topic: options.topic, replication: options.replication },
    }),
    ...brokerOf(options, env),
  };
}

function brokerOf(options: ServerOptions, env: ServerEnvironment) {
  const url = options.mqtt ?? env.mqttUrl;
  if (url === undefined) return {};
  const { mqttUsername: username, mqttPassword: password, mqttCa: ca } = env;
  return {
    broker: {
      url,
      sessions: options.mqttSessions,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
      ...(ca !== undefined && { ca }),
    },
  };
}
