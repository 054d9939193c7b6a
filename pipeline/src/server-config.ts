/** The server profile: which engines a house stands on, and which roles this process has in it. */
import { Type, type Static } from 'typebox';

export const ROLES = ['intake', 'judge', 'worker', 'scheduler', 'api'] as const;
export type Role = (typeof ROLES)[number];

const closed = { additionalProperties: false } as const;

const KafkaConfig = Type.Object(
  {
    brokers: Type.String({ minLength: 1, description: 'host:port of some brokers, separated by commas.' }),
    topic: Type.String({ pattern: '^[A-Za-z0-9._-]{1,200}$' }),
    replication: Type.Integer({ minimum: 1, maximum: 7 }),
  },
  closed,
);

const BrokerConfig = Type.Object(
  {
    url: Type.String({ pattern: '^mqtts?://' }),
    username: Type.Optional(Type.String()),
    password: Type.Optional(Type.String()),
    ca: Type.Optional(
      Type.String({
        description: 'PEM of the authority of its certificate, where the system does not know it.',
      }),
    ),
    sessions: Type.Integer({
      minimum: 1,
      maximum: 64,
      description:
        'Sessions at the broker, shared by all intakes. Do not lower it while messages wait there.',
    }),
  },
  closed,
);
export type BrokerConfig = Static<typeof BrokerConfig>;

export const ServerConfig = Type.Object(
  {
    roles: Type.Array(Type.Enum([...ROLES]), { minItems: 1, uniqueItems: true }),
    databaseUrl: Type.String({ pattern: '^postgres(ql)?://' }),
    connections: Type.Integer({ minimum: 2, maximum: 200, description: 'Of this process to the database.' }),
    partitions: Type.Integer({
      minimum: 1,
      maximum: 1024,
      description: 'Into how many the sites are spread: as many judges can work. A log keeps its number.',
    }),
    redisUrl: Type.Optional(Type.String({ pattern: '^rediss?://' })),
    kafka: Type.Optional(KafkaConfig),
    broker: Type.Optional(BrokerConfig),
  },
  closed,
);
export type ServerConfig = Static<typeof ServerConfig>;

/** @returns what the parts say against each other, in words. */
export function serverFaults({ roles, redisUrl }: ServerConfig): readonly string[] {
  if (roles.length === ROLES.length || redisUrl !== undefined) return [];
  return [
    'server.redisUrl: roles in processes of their own need Redis, or the pages hear nothing; set WAYSIDE_REDIS_URL',
  ];
}
