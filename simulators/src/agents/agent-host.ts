/** What the simulated devices of one process share: the database of their outboxes, the token key, the broker. */
import { join } from 'node:path';
import { loadTokens, type Tokens } from '@wayside/edge/tokens';
import { openUplink } from '@wayside/edge/uplink/open-uplink';
import { openOutboxStore, type OutboxStore } from '@wayside/edge/uplink/outbox-store';
import type { Uplink, UplinkOptions } from '@wayside/edge/uplink/uplink';
import type { Logger } from 'pino';

export const SOFTWARE = 'wayside-simulators/0.1.0';

export interface AgentHostOptions {
  readonly dataDir: string;
  readonly brokerUrl: string;
  /** Devices name themselves as user; undefined where the broker asks for none. */
  readonly password?: string | undefined;
  readonly logger: Logger;
}

export interface AgentHost {
  readonly dataDir: string;
  readonly store: OutboxStore;
  readonly tokens: Tokens;
  readonly logger: Logger;
  readonly open: (device: DeviceOptions) => Promise<Uplink>;
  readonly close: () => Promise<void>;
}

export type DeviceOptions = Pick<UplinkOptions, 'device' | 'kind'> &
  Partial<Pick<UplinkOptions, 'site' | 'boot' | 'clock' | 'whenFull' | 'maxWaiting' | 'window'>>;

/** @throws UplinkError, TokenKeyError */
export async function openAgentHost(options: AgentHostOptions): Promise<AgentHost> {
  const { dataDir, brokerUrl, password, logger } = options;
  const tokens = await loadTokens(join(dataDir, 'token.key'));
  const store = await openOutboxStore(join(dataDir, 'outbox'));
  return {
    dataDir,
    store,
    tokens,
    logger,
    open: (device) =>
      openUplink({
        store,
        brokerUrl,
        logger,
        software: SOFTWARE,
        ...device,
        ...(password !== undefined && { credentials: { username: device.device, password } }),
      }),
    close: () => store.close(),
  };
}
