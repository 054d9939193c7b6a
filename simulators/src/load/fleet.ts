/** Many cameras that together offer so many observations a second, or as many as the house acknowledges. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { contentHash } from '@wayside/contracts/canonical';
import { countObservations, type ObservationBatch } from '@wayside/contracts/observation-batch';
import type { Site } from '@wayside/contracts/site';
import type { Uplink } from '@wayside/edge/uplink/uplink';
import { BATCH_MS, inRound, type Cycle } from './cycle.ts';

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
  const siteRef = { id: site.id, version: contentHash(site) };
  const uplink = await open(`cam-${name}`, site);
  const first = Math.floor((camera / cameras) * cycle.batches.length);
  const stopped = (): boolean => signal.aborted;
  for (let beat = 0; !stopped(); beat++) {
    const dueMs = began + ((beat + camera / cameras) * BATCH_MS) / speed;
    await until(dueMs, signal);
    await uplink.waitingAtMost(MOST_WAITING, signal).catch(unlessAborted(signal));
    if (stopped()) break;
    await send(options, uplink, batchAt(cycle, siteRef, first, beat, options.startMs));
  }
  const { left } = await uplink.stop({ flushTimeoutMs: FLUSH_MS });
  return left;
}

async function send({ onSent }: FleetOptions, uplink: Uplink, batch: ObservationBatch): Promise<void> {
  await uplink.send('observations', batch.frames.startMs, batch);
  onSent(countObservations(batch));
}

function batchAt(
  { batches }: Cycle,
  site: ObservationBatch['site'],
  first: number,
  beat: number,
  startMs: number,
): ObservationBatch {
  const at = first + beat;
  const batch = batches[at % batches.length] as Cycle['batches'][number];
  return {
    site,
    clock: { state: 'synchronised', maxErrorMs: 50 },
    frames: { startMs: startMs + beat * BATCH_MS, dtMs: batch.frames.dtMs },
    objects: inRound(batch.objects, Math.floor(at / batches.length)),
  };
}

async function until(dueMs: number, signal: AbortSignal): Promise<void> {
  const waitMs = dueMs - performance.now();
  if (waitMs > 1) await sleep(waitMs, undefined, { signal }).catch(unlessAborted(signal));
}

const unlessAborted =
  (signal: AbortSignal) =>
  (error: unknown): void => {
    if (!signal.aborted) throw error;
  };
