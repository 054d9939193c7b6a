import { spawnWayside } from '../../support/wayside.ts';
import type { Subject } from './subject.ts';

export const wayside: Subject = {
  name: 'Wayside',
  how: 'one intake, log in Postgres: every message checked against its schema, stored once however often it comes, then acknowledged',
  lacks: () => undefined,
  prepare: () => Promise.resolve(), // its migrations run as it starts
  start: async ({ databaseUrl, redisUrl, mqttUrl, folder }) => {
    const running = spawnWayside([
      ...['start', '--role', 'intake', '--data', folder, '--port', '0', '--json'],
      ...['--database', databaseUrl, '--redis', redisUrl, '--mqtt', mqttUrl],
    ]);
    await running.printed(/\}\s*$/);
    return running.child;
  },
  rows: `(SELECT device || '/' || boot_id || '/' || sequence AS id, xmin AS xid FROM log_message) AS stored`,
};
