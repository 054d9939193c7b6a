import { listenForProbes } from '../adapters/http/probe-server.ts';
import type { HouseConfig } from '../config.ts';
import type { House } from './house.ts';
import { VERSION } from './version.ts';

/** @returns the address. Rejects with EADDRINUSE where the port is taken. */
export async function serveProbes(house: House, { http }: HouseConfig): Promise<string> {
  const server = await listenForProbes({
    ...http,
    version: VERSION,
    roles: [...house.roles],
    readiness: async () => {
      await house.store.database.query('SELECT 1');
      return [{ name: 'database', ok: true }];
    },
  });
  house.lifecycle.onClose('probes', () => server.close());
  return server.url;
}
