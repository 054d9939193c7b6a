/** A server over a database in memory, with everything else as simple as it can be. */
import type { Counters, LiveEvent } from '@wayside/contracts/http';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { Database } from '../../../app/database.ts';
import type { StreetBus } from '../../../app/live-bus.ts';
import { migrate } from '../../migrations.ts';
import { openPgliteDatabase } from '../../pglite-database.ts';
import { quietOffice } from '../../../testing/office.ts';
import type { HttpServerOptions } from '../options.ts';
import { createHttpServer } from '../server.ts';
import { T0 } from './rows.ts';

export interface TestBus extends StreetBus {
  readonly listeners: () => number;
}

export function testBus(): TestBus {
  const listeners = new Set<(event: LiveEvent) => void>();
  return {
    publish: (event) => listeners.forEach((listener) => listener(event)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    streetsWatched: () => true,
    watchStreets: () => () => undefined,
    listeners: () => listeners.size,
  };
}

export const COUNTERS: Counters = {
  intake: { received: 3, stored: 2, duplicate: 0, deadLettered: 1, inFlight: 0 },
  judge: { stored: 2, judged: 2, waiting: 0, observations: 40, late: 0 },
  record: { verdicts: 1, infraction: 1, clear: 0, undecided: 0 },
  holds: { infractions: 1, held: 1, pending: 0, unidentified: 0, none: 0 },
  balanced: true,
  faults: [],
};

export async function openTestDatabase(): Promise<Database> {
  const database = await openPgliteDatabase();
  await migrate(database);
  return database;
}

/** A database that fails the test if it is asked anything. */
export const NO_DATABASE: Database = {
  query: () => Promise.reject(new Error('no database here')),
  transaction: () => Promise.reject(new Error('no database here')),
  close: () => Promise.resolve(),
};

export const testServer = (over: Partial<HttpServerOptions> = {}): Promise<FastifyInstance> =>
  createHttpServer({
    database: NO_DATABASE,
    bus: testBus(),
    counters: () => Promise.resolve(COUNTERS),
    readiness: () => Promise.resolve([{ name: 'database', ok: true }]),
    metrics: { contentType: 'text/plain; version=0.0.4', text: () => Promise.resolve('up 1\n') },
    office: quietOffice(over.database ?? NO_DATABASE),
    profiles: [],
    evidenceKeys: () => Promise.resolve([{ kty: 'OKP', crv: 'Ed25519', x: 'k'.repeat(43), kid: 'key-1' }]),
    version: '0.1.0',
    clock: () => T0,
    logger: pino({ level: 'silent' }),
    ...over,
  });
