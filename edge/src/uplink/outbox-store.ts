/** The LevelDB database that the outboxes of a process share: one database a directory, one sublevel a device. */
import { ClassicLevel, type BatchOperation } from 'classic-level';
import { mkdir } from 'node:fs/promises';
import { groupCommit } from './group-commit.ts';
import { openOutbox, type Outbox } from './outbox.ts';
import { UplinkError } from './uplink-error.ts';

export interface OutboxStoreOptions {
  /**
   * Waits for the disk at each write. Off by default: what is written survives the death of the process (LevelDB
   * hands each record to the system before it answers); only a power cut can take the last moments.
   */
  readonly fsync?: boolean;
}

export interface OutboxStore {
  /** Opens the outbox of one device. One at a time: two would give out the same sequence numbers. */
  outbox(device: string): Promise<Outbox>;
  /** Closes the database, after the writes under way. Outboxes must not be used any more. */
  close(): Promise<void>;
}

/** @throws UplinkError `outbox-open-failed`, where the directory cannot be written or another process has it. */
export async function openOutboxStore(
  dir: string,
  { fsync = false }: OutboxStoreOptions = {},
): Promise<OutboxStore> {
  const db = new ClassicLevel<string, Buffer>(dir, { keyEncoding: 'utf8', valueEncoding: 'buffer' });
  await openOrFail(db, dir);
  const commits = groupCommit<Operation>((operations) => db.batch(operations, { sync: fsync }));
  const inUse = new Set<string>();

  const write = async (operations: readonly Operation[]) => {
    try {
      await commits.write(operations);
    } catch (error) {
      throw new UplinkError('outbox-write-failed', `cannot write to the outbox in ${dir}`, error);
    }
  };

  return {
    async outbox(device) {
      if (inUse.has(device)) throw new UplinkError('device-in-use', `${device} has its outbox open already`);
      inUse.add(device);
      const table = db.sublevel<string, Buffer>(device, { keyEncoding: 'utf8', valueEncoding: 'buffer' });
      return openOutbox({
        table: {
          get: (key) => table.get(key),
          keys: (range) => table.keys(range),
          entries: (range) => table.iterator(range).all(),
          write: (changes) => write(changes.map((change) => ({ ...change, sublevel: table }))),
        },
        release: () => inUse.delete(device),
      });
    },
    async close() {
      await commits.idle();
      await db.close();
    },
  };
}

type Database = ClassicLevel<string, Buffer>;
type Operation = BatchOperation<Database, string, Buffer>;

async function openOrFail(db: Database, dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    await db.open();
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new UplinkError('outbox-open-failed', `cannot open the outbox in ${dir}: ${why}`, error);
  }
}
