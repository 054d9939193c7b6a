/**
 * Where the network runs: libtensorflow where @tensorflow/tfjs-node is installed and loads, else WebAssembly, and plain
 * JavaScript where a test asks for it. All give the same answers within SCORE_TOLERANCE.
 */
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { enableProdMode, getBackend, setBackend } from '@tensorflow/tfjs-core';

export const BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type Backend = (typeof BACKENDS)[number];

/** By how much two backends may differ in one probability. */
export const SCORE_TOLERANCE = 0.002;

/** A variable, so that no compiler looks for what is not there. */
const NATIVE: string = '@tensorflow/tfjs-node';

/** @returns the backend in use now: the first of those asked for that this machine has. */
export async function openBackend(wanted: readonly Backend[] = BACKENDS): Promise<Backend> {
  enableProdMode();
  setThreadsCount(1);
  for (const backend of wanted) if (await opened(backend)) return backend;
  throw new Error(`no backend for the model: tried ${wanted.join(', ')}, have ${getBackend()}`);
}

async function opened(backend: Backend): Promise<boolean> {
  try {
    if (backend === 'tensorflow') await importNative();
    return await withoutNewListeners(() => setBackend(backend));
  } catch {
    return false;
  }
}

/** One thread, as on WASM: the judge needs the others. What it says of the processor as it loads helps nobody. */
async function importNative(): Promise<void> {
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1';
  process.env['TF_NUM_INTEROP_THREADS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '1';
  await import(NATIVE);
}

/** The WASM loader makes every unhandled rejection of the process its own business; it is the house's. */
async function withoutNewListeners<T>(work: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set(process.rawListeners(event)));
  const result = await work();
  for (const [i, event] of events.entries())
    for (const listener of process.rawListeners(event))
      if (!before[i]?.has(listener)) process.off(event, listener as () => void);
  return result;
}
