/** The API and the page of a house. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { createHttpServer } from '../adapters/http/server.ts';
import { readPublicKeys } from '../adapters/jws-signer.ts';
import { createMetrics } from '../adapters/metrics.ts';
import { drained } from '../app/counters/drained.ts';
import { recentFindings } from '../app/learning/decided-cases.ts';
import { isLoopback, type HouseConfig } from '../config.ts';
import type { House } from './house.ts';
import { VERSION } from './version.ts';

const PAGE = fileURLToPath(new URL('../../../dashboards/dist', import.meta.url));

/** @returns the address of the page. Rejects with EADDRINUSE where the port is taken. */
export async function serveApi(house: House, config: HouseConfig, logger: Logger): Promise<string> {
  const { database, log, profiles } = house.store;
  const metrics = createMetrics({
    counters: house.counters,
    bus: house.bus,
    logger,
    ...(house.model && { model: house.model }),
    findings: () => recentFindings(database, Date.now()),
  });
  house.lifecycle.onClose('metrics', metrics.close);
  if (!existsSync(PAGE)) logger.warn('the page is not built: npm run build --workspace dashboards');
  const server = await createHttpServer({
    database,
    bus: house.bus,
    counters: house.counters,
    readiness: async () => {
      const { messagesWaiting } = await drained(database, log);
      return [
        { name: 'database', ok: true },
        {
          name: 'judge',
          ok: messagesWaiting < MAX_LAG_MESSAGES,
          detail: `messages waiting: ${messagesWaiting}`,
        },
      ];
    },
    metrics,
    office: house.office,
    profiles,
    evidenceKeys: () => readPublicKeys(join(config.dataDir, 'keys')),
    version: VERSION,
    clock: Date.now,
    logger,
    token: config.apiToken,
    staticDir: existsSync(PAGE) ? PAGE : undefined,
    hosts: isLoopback(config.http.host) ? [] : 'any',
  });
  house.lifecycle.onClose('api', () => server.close());
  const address = await server.listen(config.http);
  house.office.setAddress(address);
  return address;
}

/** Beyond it the house is alive, but too far behind to be called ready. */
const MAX_LAG_MESSAGES = 10_000;
