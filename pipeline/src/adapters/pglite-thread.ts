/**
 * PGlite in a thread of its own. It runs a statement on the thread that calls it, and one that inserts takes
 * milliseconds: on the house's own thread devices, pages and the judge would stand still meanwhile.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SessionResult } from './pglite-wire.ts';
import { StoreError } from './store-error.ts';

export type Request =
  | { readonly kind: 'run'; readonly id: number; readonly sql: string; readonly params: readonly unknown[] }
  | { readonly kind: 'close'; readonly id: number };

export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly result: SessionResult }
  | { readonly kind: 'error'; readonly id?: number; readonly message: string; readonly fields: object }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string };

export interface PgliteThread {
  /** Runs one statement; without parameters it may be several. One at a time. @throws with Postgres' `code` */
  run(sql: string, params: readonly unknown[]): Promise<SessionResult>;
  onNotification(listener: (channel: string, payload: string) => void): () => void;
  close(): Promise<void>;
}

const ENTRY = new URL('./pglite-thread-entry.js', import.meta.url);

interface Pending {
  readonly resolve: (result: SessionResult) => void;
  readonly reject: (error: Error) => void;
}

/** @param cluster folder of the database; undefined keeps it in memory. */
export async function openPgliteThread(cluster: string | undefined): Promise<PgliteThread> {
  const worker = new Worker(ENTRY, { workerData: { cluster }, execArgv: [] });
  const [first] = (await once(worker, 'message')) as [Answer];
  if (first.kind === 'error') throw errorOf(first);
  return threadOf(worker);
}

function threadOf(worker: Worker): PgliteThread {
  const pending = new Map<number, Pending>();
  const listeners = new Set<(channel: string, payload: string) => void>();
  let newest = 0;
  let ended: Error | undefined;

  const settle = (id: number | undefined, how: (waiting: Pending) => void): void => {
    const waiting = pending.get(id ?? -1);
    pending.delete(id ?? -1);
    if (waiting) how(waiting);
  };
  const end = (error: Error): void => {
    ended ??= error;
    for (const id of [...pending.keys()]) settle(id, ({ reject }) => reject(error));
  };
  worker.on('message', (answer: Answer) => {
    if (answer.kind === 'result') settle(answer.id, ({ resolve }) => resolve(withBuffers(answer.result)));
    if (answer.kind === 'error') settle(answer.id, ({ reject }) => reject(errorOf(answer)));
    if (answer.kind === 'notification')
      for (const listener of listeners) listener(answer.channel, answer.payload);
  });
  worker.on('error', (error) => end(error));
  worker.once('exit', () => end(new StoreError('closed', 'the embedded database has ended')));

  const ask = async (request: (id: number) => Request): Promise<SessionResult> => {
    if (ended) throw ended;
    const id = ++newest;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      worker.postMessage(request(id));
    });
  };

  return {
    run: (sql, params) => ask((id) => ({ kind: 'run', id, sql, params })),
    onNotification: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      await ask((id) => ({ kind: 'close', id }));
      await worker.terminate();
    },
  };
}

const errorOf = ({ message, fields }: Extract<Answer, { kind: 'error' }>): Error =>
  Object.assign(new Error(message), fields);

/** A buffer comes out of another thread as plain bytes. */
function withBuffers(result: SessionResult): SessionResult {
  for (const row of result.rows as Record<string, unknown>[])
    for (const [name, value] of Object.entries(row)) {
      if (value instanceof Uint8Array) row[name] = bufferOf(value);
      else if (Array.isArray(value) && value.some((item) => item instanceof Uint8Array))
        row[name] = value.map((item: unknown) => (item instanceof Uint8Array ? bufferOf(item) : item));
    }
  return result;
}

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);
