/**
 * Intake from a broker of others, shared with other intakes (`$share`). The broker says who a device is: it must let
 * each publish below its own prefix only (`pattern write wayside/v1/%u/#`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { SUBSCRIPTION } from '@wayside/contracts/topics';
import type { Logger } from 'pino';
import type { DeviceSessions } from '../app/intake/device-sessions.ts';
import { runMqttSession, type MqttSessionOptions } from './mqtt-session.ts';

export interface MqttIntakeOptions extends Omit<MqttSessionOptions, 'subscription' | 'receiveMaximum'> {
  readonly devices: DeviceSessions;
  readonly logger: Logger;
  readonly receiveMaximum?: number;
}

const GROUP = 'wayside-intake';
const RECEIVE_MAXIMUM = 1024;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/** Takes messages until the signal, again after each fault; resolves when what was taken is answered. */
export async function takeFromBroker(options: MqttIntakeOptions, signal: AbortSignal): Promise<void> {
  const { devices, logger, clientId } = options;
  const session: MqttSessionOptions = {
    ...options,
    subscription: `$share/${GROUP}/${SUBSCRIPTION}`,
    receiveMaximum: options.receiveMaximum ?? RECEIVE_MAXIMUM,
  };
  let retryMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    const startedAtMs = Date.now();
    try {
      await runMqttSession(session, (delivery) => devices.accept(delivery), signal);
    } catch (error) {
      if (Date.now() - startedAtMs > LAST_RETRY_MS) retryMs = FIRST_RETRY_MS;
      logger.warn({ err: error, clientId, retryMs }, 'the connection to the broker ended; connecting again');
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  }
}
