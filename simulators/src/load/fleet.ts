/** Many cameras that together offer so many observations a second, or as many as the house acknowledges. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { contentHash } from '@wayside/contracts/canonical';
import type { Site } from '@wayside/contracts/site';
import { ReadyJson } from '@wayside/edge/uplink/messages';
import type { Uplink } from '@wayside/edge/uplink/uplink';
import { BATCH_MS, batchJson, type Cycle } from './cycle.ts';

export interface FleetOptions {
  readonly cycles: readonly Cycle[];
  readonly cameras: number;
  /** Observations a second over all cameras. */
  readonly rate: number | 'max';
  readonly open: (device: string, site: Site) => Promise<Uplink>;
  readonly signal: AbortSignal;
  /** Event time of the first frame, ms since the epoch. */
  readonly startMs: number;
  /** Called for each message handed to its outbox. */
  readonly onSent: (observations: number) => void;
}

/** Messages a camera may have unacknowledged before it waits: the memory of an overloaded fleet is bounded by it. */
const MOST_WAITING = 32;
const FLUSH_MS = 10_000;
const MS = 1000;

/** How much faster than life the cameras' time must go to make this rate. */
export function speedFor(cycles: readonly Cycle[], cameras: number, rate: number | 'max'): number {
  if (rate === 'max') return Infinity;
  let lifelike = 0;
  for (let camera = 0; camera < cameras; camera++) {
    const { observations, batches } = cycles[camera % cycles.length] as Cycle;
    lifelike += (observations / batches.length) * (MS / BATCH_MS);
  }
  return rate / lifelike;
}

/** Runs until the signal. @returns messages left unacknowledged. */
export async function runFleet(options: FleetOptions): Promise<number> {
  const speed = speedFor(options.cycles, options.cameras, options.rate);
  setMaxListeners(2 * options.cameras + 10, options.signal); // each camera waits for it
  const began = performance.now();
  const left = await Promise.all(
    Array.from({ length: options.cameras }, (_, camera) => runCamera(options, camera, speed, began)),
  );
  return left.reduce((sum, n) => sum + n, 0);
}

async function runCamera(
  options: FleetOptions,
  camera: number,
  speed: number,
  began: number,
): Promise<number> {
  const { cycles, cameras, signal, open } = options;
  const cycle = cycles[camera % cycles.length] as Cycle;
  const name = `load-${String(camera + 1).padStart(4, '0')}`;
  const site: Site = { ...cycle.site, id: name, name: `Load ${camera + 1}`, devices: [`cam-${name}`] };
  const siteRef = JSON.stringify({ id: site.id, version: contentHash(site) });
  const uplink = await open(`cam-${name}`, site);
  const first = Math.floor((camera / cameras) * cycle.batches.length);
  const stopped = (): boolean => signal.aborted;
  for (let beat = 0; !stopped(); beat++) {
    const dueMs = began + ((beat + camera / cameras) * BATCH_MS) / speed;
    await until(dueMs, signal);
    await uplink.waitingAtMost(MOST_WAITING, signal).catch(unlessAborted(signal));
    if (stopped()) break;
    const at = first + beat;
    const batch = cycle.batches[at % cycle.batches.length] as Cycle['batches'][number];
    const startMs = options.startMs + beat * BATCH_MS;
    const round = Math.floor(at / cycle.batches.length);
    const json = batchJson(batch, { site: siteRef, startMs, round });
    await uplink.send('observations', startMs, new ReadyJson(json));
    options.onSent(batch.observations);
  }
  const { left } = await uplink.stop({ flushTimeoutMs: FLUSH_MS });
  return left;
}

/** A timer that can be called off costs twice as much: the run's end is looked for this often instead. */
const LOOK_MS = 250;

async function until(dueMs: number, signal: AbortSignal): Promise<void> {
  for (let waitMs = dueMs - performance.now(); waitMs > 1; waitMs = dueMs - performance.now()) {
    if (signal.aborted) return;
    await sleep(Math.min(waitMs, LOOK_MS));
  }
}

const unlessAborted =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };
