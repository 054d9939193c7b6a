/** Something that takes MQTT messages and writes them to Postgres, as a process that may be killed. */
import type { ChildProcess } from 'node:child_process';
import type { Database } from '@wayside/pipeline/app/database';

export interface Surroundings {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly mqttUrl: string;
  readonly redisUrl: string;
  /** For files of its own. */
  readonly folder: string;
}

export interface Subject {
  readonly name: string;
  /** How it was set, and what it does with a message. */
  readonly how: string;
  /** What of it this machine does not have; undefined where it can run. */
  readonly lacks: () => string | undefined;
  readonly prepare: (around: Surroundings) => Promise<void>;
  readonly start: (around: Surroundings) => Promise<ChildProcess>;
  /** The rows it writes: a FROM item with columns `id` (as in traffic.ts) and `xid`, the transaction that wrote it. */
  readonly rows: string;
}

/** The table of those that bring none: nothing but what they write, and no index to keep. */
export const plainTable = {
  prepare: async ({ database }: Surroundings): Promise<void> => {
    await database.query('CREATE TABLE message ("time" timestamptz, topic text, value text)');
  },
  rows: `(SELECT substring(value FROM '"id":"([^"]*)"') AS id, xmin AS xid FROM message) AS stored`,
};
