/** The configuration of one process of a house. Read once, before anything connects. */
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { ServerConfig, serverFaults } from './server-config.ts';

const Port = Type.Integer({ minimum: 0, maximum: 65_535, description: '0 lets the system choose.' });

const Url = Type.String({ pattern: '^https?://', maxLength: 500 });

/** Who writes letters, and how they leave the house. Without a way out they are kept in its data folder. */
export const OfficeConfig = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Who signs letters.' })),
    publicUrl: Type.Optional(
      Type.String({
        pattern: '^https?://[^?#]+$',
        description: 'Where people reach the page; stands in letters.',
      }),
    ),
    smtp: Type.Optional(
      Type.Object(
        {
          url: Type.String({ pattern: '^smtps?://', maxLength: 500 }),
          from: Type.String({ minLength: 3, maxLength: 254 }),
        },
        { additionalProperties: false },
      ),
    ),
    webhook: Type.Optional(
      Type.Object({ url: Url, secret: Type.String({ minLength: 16 }) }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);
export type OfficeConfig = Static<typeof OfficeConfig>;

/** Where to tell what became of a message, and of how many. */
export const TracesConfig = Type.Object(
  {
    endpoint: Url,
    share: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'Of messages; what led to a hold is told always.',
    }),
    service: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  { additionalProperties: false },
);
export type TracesConfig = Static<typeof TracesConfig>;

export const HouseConfig = Type.Object(
  {
    dataDir: Type.String({
      minLength: 1,
      description: 'The one folder that holds everything this house keeps.',
    }),
    profile: Type.String({ minLength: 1, description: 'Law profile of sites that name none of their own.' }),
    http: Type.Object({ host: Type.String({ minLength: 1 }), port: Port }, { additionalProperties: false }),
    mqtt: Type.Object({ host: Type.String({ minLength: 1 }), port: Port }, { additionalProperties: false }),
    apiToken: Type.Optional(
      Type.String({ minLength: 16, description: 'Asked of every API client. Needed off loopback.' }),
    ),
    devicePassword: Type.Optional(
      Type.String({
        minLength: 16,
        description: 'Asked of every device at the broker. Needed off loopback.',
      }),
    ),
    office: Type.Optional(OfficeConfig),
    server: Type.Optional(ServerConfig),
    traces: Type.Optional(TracesConfig),
    sweepIntervalMs: Type.Integer({ minimum: 100, maximum: 60_000 }),
    retentionHours: Type.Union([Type.Integer({ minimum: 1, maximum: 24 * 366 }), Type.Null()], {
      description:
        'Raw messages, and paths where nothing was found, older than this are forgotten; null keeps all.',
    }),
  },
  { additionalProperties: false },
);
export type HouseConfig = Static<typeof HouseConfig>;

const validator = Compile(HouseConfig);
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** @returns every fault in words, each naming the setting and what to do; empty where the configuration is good. */
export function configFaults(config: unknown): readonly string[] {
  if (!validator.Check(config))
    return [...validator.Errors(config)].map(
      (error) => `${error.instancePath.slice(1).replaceAll('/', '.')}: ${error.message}`,
    );
  return [...exposureFaults(config), ...(config.server ? serverFaults(config.server) : [])];
}

function exposureFaults(config: HouseConfig): readonly string[] {
  const faults: string[] = [];
  if (!isLoopback(config.http.host) && config.apiToken === undefined)
    faults.push(
      `http.host: ${config.http.host} is reachable from outside; set WAYSIDE_API_TOKEN (16 characters or more)`,
    );
  if (!isLoopback(config.mqtt.host) && !config.server?.broker && config.devicePassword === undefined)
    faults.push(
      `mqtt.host: ${config.mqtt.host} is reachable from outside; set WAYSIDE_DEVICE_PASSWORD (16 characters or more)`,
    );
  if (config.office?.smtp && config.office.webhook)
    faults.push('office: letters leave by mail or by webhook, not by both');
  return faults;
}
