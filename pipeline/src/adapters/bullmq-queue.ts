/**
 * Wake-ups through BullMQ, on its PostgreSQL or its Redis backend. At most two jobs stand at any time, one active and
 * one waiting: they all say the same ("look now"), so BullMQ folds them by a deduplication id.
 */
import {
  Queue,
  Worker,
  createPostgresBackend,
  runMigrations,
  withBackend,
  type JobsOptions,
  type PgPool,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { JobQueue } from '../app/job-queue.ts';

const QUEUE = 'wayside-holds';
const WAKE_TIMEOUT_MS = 5_000;

const WAKE_UP: JobsOptions = {
  deduplication: { id: 'look', keepLastIfActive: true },
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: { count: 100 },
};

/** A look takes seconds at most; a worker that died is noticed by the sweeper long before its lock lapses. */
const WORKING: Omit<WorkerOptions, 'connection'> = { concurrency: 1, drainDelay: 5, lockDuration: 30_000 };

/** What is used of BullMQ's classes, whose types differ with the backend. */
interface WakeUps {
  add(name: string, data: object, options: JobsOptions): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

interface LookWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: unknown, error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

interface QueueParts {
  readonly queue: WakeUps;
  readonly createWorker: (look: () => Promise<void>) => LookWorker;
  /** Closes the connections that are ours. */
  readonly release: () => void;
}

/**
 * On Postgres, embedded or native. Brings BullMQ's own schema up to date.
 * @param pool its sessions must have BullMQ's schema (`bullmq`) on their search path; it stays the caller's to close.
 */
export async function openPostgresQueue(pool: PgPool, logger: Logger): Promise<JobQueue> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  const bound = withBackend(createPostgresBackend);
  return jobQueue(
    {
      queue: new bound.Queue(QUEUE, { connection: pool }),
      createWorker: (look) => new bound.Worker(QUEUE, look, { ...WORKING, connection: pool }),
      release: () => undefined,
    },
    logger,
  );
}

/** On Redis (`maxmemory-policy noeviction`). While it is down a wake-up rejects, and the sweeper does the work. */
export function openRedisQueue(url: string, logger: Logger): JobQueue {
  const producing = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    lazyConnect: false,
  });
  const working = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  for (const connection of [producing, working])
    connection.on('error', (error) => logger.warn({ err: error }, 'Redis connection failed'));
  return jobQueue(
    {
      queue: new Queue(QUEUE, { connection: producing }),
      createWorker: (look) => new Worker(QUEUE, look, { ...WORKING, connection: working }),
      release: () => {
        producing.disconnect();
        working.disconnect();
      },
    },
    logger,
  );
}

function jobQueue({ queue, createWorker, release }: QueueParts, logger: Logger): JobQueue {
  const workers: LookWorker[] = [];
  queue.on('error', (error) => logger.warn({ err: error }, 'queue failed'));
  return {
    wake: async () => {
      await within(WAKE_TIMEOUT_MS, queue.add('look', {}, WAKE_UP));
    },
    work: async (look) => {
      const worker = createWorker(look);
      worker.on('error', (error) => logger.warn({ err: error }, 'queue worker failed'));
      worker.on('failed', (_job, error) => logger.error({ err: error }, 'placing holds failed'));
      workers.push(worker);
      await worker.waitUntilReady();
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await queue.close();
      release();
    },
  };
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the queue did not answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
