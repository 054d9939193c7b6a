/** Carries a schedule out: faults begin when they are due and may overlap, but nobody is hurt in two ways at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from './faults/inject.ts';
import type { Injected } from './faults/injected.ts';
import type { Fault } from './faults/schedule.ts';
import type { World } from './faults/world.ts';

export interface StormLine {
  readonly fault: Fault;
  readonly began: string;
  readonly endedMs: number;
  readonly outcome: Injected | 'failed';
  readonly why?: string;
}

const MOST_AT_ONCE = 5;

/** Resolves when the last fault is over. */
export async function storm(
  world: World,
  faults: readonly Fault[],
  onLine: (line: StormLine) => void,
): Promise<void> {
  const startedAtMs = Date.now();
  const busy = new Map<string, Promise<void>>();
  const underWay = new Set<Promise<void>>();
  for (const fault of faults) {
    await sleep(Math.max(0, startedAtMs + fault.atMs - Date.now()));
    while (underWay.size >= MOST_AT_ONCE) await Promise.race(underWay);
    const key = `${fault.group} ${fault.target}`;
    const one = (busy.get(key) ?? Promise.resolve()).then(() => hurt(world, fault, onLine));
    busy.set(key, one);
    underWay.add(one);
    void one.then(() => underWay.delete(one));
  }
  await Promise.all(underWay);
}

async function hurt(world: World, fault: Fault, onLine: (line: StormLine) => void): Promise<void> {
  const beganMs = Date.now();
  const line = { fault, began: new Date(beganMs).toISOString() };
  try {
    const outcome = await inject(world, fault);
    onLine({ ...line, endedMs: Date.now() - beganMs, outcome });
  } catch (error) {
    onLine({
      ...line,
      endedMs: Date.now() - beganMs,
      outcome: 'failed',
      why: (error as Error).message.slice(0, 300),
    });
  }
}
