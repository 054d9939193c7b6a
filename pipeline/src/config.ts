/** The configuration of one house on the embedded profile. Read once, before anything connects. */
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const Port = Type.Integer({ minimum: 0, maximum: 65_535, description: '0 lets the system choose.' });

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
  return exposureFaults(config);
}

function exposureFaults(config: HouseConfig): readonly string[] {
  const faults: string[] = [];
  if (!isLoopback(config.http.host) && config.apiToken === undefined)
    faults.push(
      `http.host: ${config.http.host} is reachable from outside; set WAYSIDE_API_TOKEN (16 characters or more)`,
    );
  if (!isLoopback(config.mqtt.host) && config.devicePassword === undefined)
    faults.push(
      `mqtt.host: ${config.mqtt.host} is reachable from outside; set WAYSIDE_DEVICE_PASSWORD (16 characters or more)`,
    );
  return faults;
}
