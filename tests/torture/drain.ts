/** Waits until all that was said has gone its whole way, and not for ever. */
import { setTimeout as sleep } from 'node:timers/promises';

/** How far everything is. */
export interface Reading {
  readonly stored: number;
  readonly judged: number;
  /** Messages in the log, and how many of them the cursors have passed. */
  readonly head: number;
  readonly committed: number;
  /** Holds that are due and not placed. */
  readonly pending: number;
  /** Messages that came again. */
  readonly redelivered: number;
}

export type Probe = () => Promise<Reading>;

export interface Drained {
  readonly drained: boolean;
  readonly reading: Reading | undefined;
  readonly tookMs: number;
}

export interface DrainOptions {
  readonly timeoutMs: number;
  /** How long nothing must have changed. */
  readonly stillMs?: number;
}

const LOOK_EVERY_MS = 500;
/** Longer than intake keeps what a broker has acknowledged, waiting for the one before it (60 s). */
const STILL_MS = 65_000;

/** What was passed and is not judged has not arrived late: it is lost, which the checker says. */
const isDone = ({ head, committed, pending }: Reading): boolean => committed >= head && pending === 0;

export async function drain(probe: Probe, { timeoutMs, stillMs = STILL_MS }: DrainOptions): Promise<Drained> {
  const startedAtMs = Date.now();
  let sinceMs = Infinity;
  let before = '';
  let reading: Reading | undefined;
  while (Date.now() - startedAtMs < timeoutMs) {
    reading = (await probe().catch(() => undefined)) ?? reading;
    const now = JSON.stringify(reading);
    const isStill = reading !== undefined && isDone(reading) && now === before;
    sinceMs = isStill ? Math.min(sinceMs, Date.now()) : Infinity;
    before = now;
    if (Date.now() - sinceMs >= stillMs) return { drained: true, reading, tookMs: Date.now() - startedAtMs };
    await sleep(LOOK_EVERY_MS);
  }
  return { drained: false, reading, tookMs: Date.now() - startedAtMs };
}
