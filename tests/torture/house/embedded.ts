/** The embedded profile under torture: one process that is killed whole, and a line to it. */
import { join } from 'node:path';
import { openPgliteDatabase } from '@wayside/pipeline/adapters/pglite-database';
import type { Counters } from '@wayside/contracts/http';
import { freePort } from '../../support/engines/engine.ts';
import { readSnapshot } from '../check/snapshot.ts';
import type { Reading } from '../drain.ts';
import { openLink } from '../net/link.ts';
import type { StageOptions, StandingHouse } from '../stage-parts.ts';
import { startPart } from './part.ts';
import { bundleRole } from './role-bundle.ts';

export async function openEmbedded({ folder, bug }: StageOptions): Promise<StandingHouse> {
  const bundle = await bundleRole();
  const data = join(folder, 'house');
  const port = await freePort();
  let page = '';
  const args = [
    'start',
    '--no-simulate',
    '--data',
    data,
    '--mqtt-port',
    String(port),
    '--port',
    '0',
    '--json',
  ];
  const onUp = (address: { readonly page: string }): void => void (page = address.page);
  const house = startPart({ name: 'house', args: [bundle.path, ...args], folder, bug, onUp });
  await house.ready;
  const link = await openLink('devices house', () => [port]);
  let closed: Promise<void> | undefined;
  const closeHouse = (): Promise<void> => (closed ??= house.process.close());
  return {
    world: { links: new Map([[link.name, link]]), parts: new Map([['house', house]]) },
    doors: { house: `mqtt://127.0.0.1:${link.port}` },
    probe: () => readProgress(page),
    mayBeResolved: () => false,
    heal: () => {
      link.throttle(undefined);
      link.release();
      house.control({ clockShiftMs: 0 });
      house.process.signal('SIGCONT');
      return Promise.resolve();
    },
    snapshot: async () => {
      await closeHouse(); // the database is one process's alone
      const database = await openPgliteDatabase(join(data, 'database'));
      try {
        return await readSnapshot(database);
      } finally {
        await database.close();
      }
    },
    close: async () => {
      await closeHouse();
      await link.close();
      bundle.remove();
    },
  };
}

async function readProgress(page: string): Promise<Reading> {
  const response = await fetch(`${page}/api/counters`, { signal: AbortSignal.timeout(5_000) });
  const { intake, judge, holds } = (await response.json()) as Counters;
  return {
    stored: intake.stored,
    judged: judge.judged,
    head: judge.stored,
    committed: judge.judged,
    pending: holds.pending,
    redelivered: intake.duplicate,
  };
}
