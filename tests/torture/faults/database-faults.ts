import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const MOST_CONNECTIONS = 160;

/** Nobody gets a new connection for a while: all that are left are ours. */
export async function takeAllConnections(url: string, forMs: number): Promise<void> {
  const clients: pg.Client[] = [];
  try {
    while (clients.length < MOST_CONNECTIONS) {
      const client = open(url);
      await client.connect();
      clients.push(client);
    }
  } catch {
    // none is left
  }
  await sleep(forMs);
  await Promise.allSettled(clients.map((client) => client.end()));
}

/** What every transaction of the house writes to is locked: all of them wait. */
export async function lockTable(url: string, forMs: number): Promise<void> {
  const client = open(url);
  try {
    await client.connect();
    await client.query(`SET lock_timeout = '2s'`);
    await client.query('BEGIN');
    await client.query('LOCK TABLE counter IN ACCESS EXCLUSIVE MODE');
    await sleep(forMs);
    await client.query('ROLLBACK');
  } catch {
    // the database was away itself
  } finally {
    await client.end().catch(() => undefined);
  }
}

function open(connectionString: string): pg.Client {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  return client;
}
