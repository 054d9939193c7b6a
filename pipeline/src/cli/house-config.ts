import { configFaults, type HouseConfig } from '../config.ts';
import { CommandFailure } from './failure.ts';

export interface HouseSettings {
  readonly dataDir: string;
  readonly profile: string;
  readonly httpHost?: string;
  readonly httpPort: number;
  readonly mqttHost?: string;
  readonly mqttPort: number;
  readonly apiToken?: string | undefined;
  readonly devicePassword?: string | undefined;
  readonly office?: HouseConfig['office'];
  readonly server?: HouseConfig['server'];
  readonly traces?: HouseConfig['traces'];
  /** Null keeps all: a recording is older than any retention. */
  readonly retentionHours: number | null;
}

const EX_CONFIG = 78;

/** @throws CommandFailure with exit code 78 naming every fault, before anything is opened. */
export function checkedConfig(settings: HouseSettings): HouseConfig {
  const config: HouseConfig = {
    dataDir: settings.dataDir,
    profile: settings.profile,
    http: { host: settings.httpHost ?? '127.0.0.1', port: settings.httpPort },
    mqtt: { host: settings.mqttHost ?? '127.0.0.1', port: settings.mqttPort },
    ...(settings.apiToken !== undefined && { apiToken: settings.apiToken }),
    ...(settings.devicePassword !== undefined && { devicePassword: settings.devicePassword }),
    ...(settings.office !== undefined && { office: settings.office }),
    ...(settings.server !== undefined && { server: settings.server }),
    ...(settings.traces !== undefined && { traces: settings.traces }),
    sweepIntervalMs: 2_000,
    retentionHours: settings.retentionHours,
  };
  const faults = configFaults(config);
  if (faults.length > 0)
    throw new CommandFailure(`the configuration is wrong:\n  ${faults.join('\n  ')}`, EX_CONFIG);
  return config;
}
