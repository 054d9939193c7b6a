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

const LOOK_EVERY_MS = 500;
/** Looks in a row that must agree. */
const SAME_LOOKS = 6;

/** What was passed and is not judged has not arrived late: it is lost, which the checker says. */
const isDone = ({ head, committed, pending }: Reading): boolean => committed >= head && pending === 0;

export async function drain(probe: Probe, timeoutMs: number): Promise<Drained> {
  const startedAtMs = Date.now();
  let same = 0;
  let before = '';
  let reading: Reading | undefined;
  while (Date.now() - startedAtMs < timeoutMs) {
    reading = (await probe().catch(() => undefined)) ?? reading;
    const now = JSON.stringify(reading);
    same = reading && isDone(reading) && now === before ? same + 1 : 0;
    before = now;
    if (same >= SAME_LOOKS) return { drained: true, reading, tookMs: Date.now() - startedAtMs };
    await sleep(LOOK_EVERY_MS);
  }
  return { drained: false, reading, tookMs: Date.now() - startedAtMs };
}
