/** The door: a broker of its own that devices connect to, or a share of what a broker of others holds. */
import { listenForDevices } from '../adapters/aedes-broker.ts';
import { tellHeld } from '../adapters/held-messages.ts';
import { takeFromBroker } from '../adapters/mqtt-intake.ts';
import { createDeviceSessions } from '../app/intake/device-sessions.ts';
import { createIntake, type Intake } from '../app/intake/intake.ts';
import { keepLeases } from '../app/leases/keep-leases.ts';
import type { BrokerConfig } from '../server-config.ts';
import { runUntilClosed, type Rooms } from './house-parts.ts';
import { processName } from './process-name.ts';

export const createHouseIntake = ({ store, clock, logger, tracer }: Rooms): Intake =>
  createIntake({
    log: store.log,
    jurisdictions: new Set(store.profiles.map(({ id }) => id)),
    clock,
    logger,
    tracer,
  });

/** @returns where devices connect. Rejects with the system's error where a port is taken. */
export async function openDoor(rooms: Rooms, intake: Intake): Promise<string> {
  const { config, lifecycle, logger } = rooms;
  lifecycle.onClose('intake', () => intake.close());
  const broker = config.server?.broker;
  if (broker) {
    runUntilClosed('broker', lifecycle, (signal) => takeShare(rooms, intake, broker, signal));
    return broker.url;
  }
  const own = await listenForDevices({ intake, logger, ...config.mqtt, password: config.devicePassword });
  lifecycle.onClose('broker', () => own.close());
  return own.url;
}

/**
 * The sessions at the broker have fixed names, and each is some intake's: what a dead one has not acknowledged stays in
 * its session, and comes to who takes the session over.
 */
function takeShare(
  { store, logger }: Rooms,
  intake: Intake,
  { sessions, ...broker }: BrokerConfig,
  signal: AbortSignal,
): Promise<void> {
  const { database, log } = store;
  const names = Array.from({ length: sessions }, (_, index) => `intake/${index}`);
  const devices = createDeviceSessions(intake, {
    lastSequences: (ids) => log.lastSequences(ids),
    tellHeld: (held) => tellHeld(database, held),
  });
  const work = (name: string, stopped: AbortSignal) =>
    takeFromBroker({ ...broker, clientId: `wayside-${name.replace('/', '-')}`, devices, logger }, stopped);
  return keepLeases({ database, kind: 'intake', names, holder: processName(), work, logger }, signal);
}
