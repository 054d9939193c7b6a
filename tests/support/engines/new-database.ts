import { randomBytes } from 'node:crypto';
import { openPgDatabase } from '@wayside/pipeline/adapters/pg-database';

export interface NewDatabase {
  readonly name: string;
  readonly url: string;
  /** Drops it, whoever is still connected. */
  readonly drop: () => Promise<void>;
}

/** An empty database of its own on a server. @param prefix of its name, to be told by in a server's lists. */
export async function newDatabase(serverUrl: string, prefix: string): Promise<NewDatabase> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const admin = openPgDatabase(url, { maxConnections: 1 });
  try {
    await admin.query(statement);
  } finally {
    await admin.close();
  }
}
