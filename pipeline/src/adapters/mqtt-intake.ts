/**
 * Intake from a broker of others, shared with other intakes (`$share`). The broker says who a device is: it must let
 * each publish below its own prefix only (`pattern write wayside/v1/%u/#`).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { SUBSCRIPTION } from '@wayside/contracts/topics';
import type { Logger } from 'pino';
import { DeviceOrder, type DeviceOrderOptions } from '../app/intake/device-order.ts';
import type { Intake, IntakeSession } from '../app/intake/intake.ts';
import { runMqttSession, type Delivery, type MqttSessionOptions } from './mqtt-session.ts';

export interface MqttIntakeOptions
  extends
    Omit<MqttSessionOptions, 'subscription' | 'receiveMaximum'>,
    Pick<DeviceOrderOptions, 'lastSequences'> {
  readonly intake: Intake;
  readonly logger: Logger;
  readonly receiveMaximum?: number;
}

const GROUP = 'wayside-intake';
const RECEIVE_MAXIMUM = 1024;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
const MAX_SESSIONS = 50_000;

/** Takes messages until the signal, again after each fault; resolves when what was taken is answered. */
export async function takeFromBroker(options: MqttIntakeOptions, signal: AbortSignal): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    const startedAtMs = Date.now();
    try {
      await runMqttSession(sessionOf(options), connection(options), signal);
    } catch (error) {
      if (Date.now() - startedAtMs > LAST_RETRY_MS) retryMs = FIRST_RETRY_MS;
      options.logger.warn({ err: error, retryMs }, 'the connection to the broker ended; connecting again');
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  }
}

const sessionOf = (options: MqttIntakeOptions): MqttSessionOptions => ({
  ...options,
  subscription: `$share/${GROUP}/${SUBSCRIPTION}`,
  receiveMaximum: options.receiveMaximum ?? RECEIVE_MAXIMUM,
});

/** What one connection brings: a session a device, so that where one of its messages fails none after it is stored. */
function connection({ intake, lastSequences }: MqttIntakeOptions): (delivery: Delivery) => Promise<void> {
  const order = new DeviceOrder({ lastSequences });
  const sessions = new Map<string, IntakeSession>();
  const sessionFor = (device: string): IntakeSession => {
    const known = sessions.get(device);
    if (known) return known;
    if (sessions.size >= MAX_SESSIONS) throw new Error(`more than ${MAX_SESSIONS} devices on one connection`);
    const session = intake.openSession(device, order);
    sessions.set(device, session);
    return session;
  };
  return async ({ topic, payload }) => {
    await sessionFor(topic.split('/')[2] ?? '').accept({ topic, payload });
  };
}
