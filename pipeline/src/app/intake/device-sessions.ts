/** The devices of a broker of others, whichever of this process's connections brings their messages. */
import { DeviceOrder, type DeviceOrderOptions } from './device-order.ts';
import type { Intake, IntakeSession } from './intake.ts';

export interface DeviceSessions {
  /** Resolves once the message may be acknowledged. @throws IntakeError: end the connection it came by. */
  accept(message: { readonly topic: string; readonly payload: Uint8Array }): Promise<void>;
}

const MAX_SESSIONS = 50_000;

/**
 * After a failure all devices begin anew, by what the log says of them: what failed comes again, and what follows it
 * waits for it.
 */
export function createDeviceSessions(intake: Intake, options: DeviceOrderOptions): DeviceSessions {
  let order = new DeviceOrder(options);
  let sessions = new Map<string, IntakeSession>();
  const begin = (): void => {
    order = new DeviceOrder(options);
    sessions = new Map();
  };
  const sessionFor = (device: string): IntakeSession => {
    if (sessions.size >= MAX_SESSIONS) begin();
    const session = sessions.get(device) ?? intake.openSession(device, order);
    sessions.set(device, session);
    return session;
  };
  return {
    accept: async (message) => {
      const of = sessions;
      try {
        await sessionFor(message.topic.split('/')[2] ?? '').accept(message);
      } catch (error) {
        if (of === sessions) begin();
        throw error;
      }
    },
  };
}
