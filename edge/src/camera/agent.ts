/**
 * The camera agent: frames of a tracker in, observation batches out through the uplink. What a plate says is made a
 * token here, before anything is written.
 */
import { contentHash } from '@wayside/contracts/canonical';
import {
  countObservations,
  type ClockStatus,
  type ObservationBatch,
} from '@wayside/contracts/observation-batch';
import type { SiteRef } from '@wayside/contracts/site';
import { createBatcher, type Batcher, type GatheredBatch } from '../domain/batcher.ts';
import type { FrameFault } from '../domain/sightings.ts';
import type { Tokens } from '../tokens.ts';
import { UplinkError } from '../uplink/uplink-error.ts';
import type { Sent, Uplink } from '../uplink/uplink.ts';
import type { Frame, FrameSource } from './frame-source.ts';
import { memoised } from './memoised.ts';
import { createPacer } from './pacer.ts';
import { IDLE, withIdle } from './with-idle.ts';

/**
 * `live`: frames are stored as they come, and a batch ends when its time is over even if no frame follows.
 * A number: a recording, stored at that multiple of the time in which it happened, whether the line is up or not.
 * `max`: a recording, stored only as fast as the house acknowledges, so that `sentat` stays close to the publish.
 */
export type Speed = number | 'max' | 'live';

export interface CameraOptions {
  readonly uplink: Uplink;
  readonly source: FrameSource;
  readonly tokens: Tokens;
  readonly speed: Speed;
  /** Span of a batch in ms of the frames' time. */
  readonly batchMs?: number;
  readonly clock?: () => number;
  /** What the device knows of its clock, asked for each batch. Default: unsynchronised. */
  readonly clockStatus?: () => ClockStatus;
  /** Ends the run in good order: what was gathered is stored, `stopping` is said. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CameraProgress) => void;
  /** How long the end waits for the house to acknowledge; what is left stays in the outbox. */
  readonly flushTimeoutMs?: number;
}

export interface CameraProgress {
  readonly frames: number;
  readonly observations: number;
  readonly batches: number;
  /** Frames that were not stored, because the outbox was full (and, in the end, stayed so). */
  readonly droppedFrames: number;
  readonly faults: Readonly<Partial<Record<FrameFault, number>>>;
}

export interface CameraResult extends CameraProgress {
  /** Messages not acknowledged when it ended; they wait in the outbox for the next start. */
  readonly left: number;
}

/**
 * Runs until the source ends or the signal aborts, then stops the uplink.
 * @throws what the source throws; UplinkError
 */
export async function runCamera(options: CameraOptions): Promise<CameraResult> {
  const run = new CameraRun(options);
  let stopped: { readonly left: number };
  try {
    await run.gather();
  } finally {
    stopped = await run.finish();
  }
  return { ...run.progress(), ...stopped };
}

const UNSYNCHRONISED: ClockStatus = { state: 'unsynchronised' };
const REMEMBERED_PLATES = 1000;
const FLUSH_TIMEOUT_MS = 30_000;

class CameraRun {
  readonly #options: CameraOptions;
  readonly #batcher: Batcher;
  readonly #site: SiteRef;
  readonly #hold: (endMs: number) => Promise<void>;
  readonly #count = { frames: 0, observations: 0, batches: 0, droppedFrames: 0 };
  readonly #faults: Partial<Record<FrameFault, number>> = {};

  constructor(options: CameraOptions) {
    const { source, tokens, batchMs = 1000 } = options;
    this.#options = options;
    this.#batcher = createBatcher({
      batchMs,
      plateOf: memoised((text) => tokens.plate(text), REMEMBERED_PLATES),
    });
    this.#site = { id: source.site.id, version: contentHash(source.site) };
    this.#hold = holdFor(options);
  }

  async gather(): Promise<void> {
    const { source, signal, speed, batchMs = 1000 } = this.#options;
    const frames = source.frames(signal ?? new AbortController().signal);
    try {
      for await (const frame of speed === 'live' ? withIdle(frames, batchMs) : frames) {
        if (signal?.aborted) return;
        await (frame === IDLE ? this.#endBatch() : this.#take(frame));
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }

  async finish(): Promise<{ readonly left: number }> {
    const { uplink, speed, signal, flushTimeoutMs = FLUSH_TIMEOUT_MS } = this.#options;
    await this.#endBatch();
    if (speed === 'max' && !signal?.aborted)
      await uplink.drained(signal).catch((error: unknown) => {
        if (!signal?.aborted) throw error;
      });
    return uplink.stop({ flushTimeoutMs });
  }

  progress(): CameraProgress {
    return { ...this.#count, faults: { ...this.#faults } };
  }

  async #take(frame: Frame): Promise<void> {
    await this.#holdFirst(frame);
    const { batches, faults } = this.#batcher.add(frame);
    this.#count.frames++;
    for (const fault of faults) this.#faults[fault] = (this.#faults[fault] ?? 0) + 1;
    for (const batch of batches) {
      await this.#hold(frame.timeMs);
      await this.#store(batch);
    }
  }

  /** The pace starts with the first frame, not with the first batch. */
  async #holdFirst(frame: Frame): Promise<void> {
    if (this.#count.frames === 0 && typeof this.#options.speed === 'number') await this.#hold(frame.timeMs);
  }

  async #endBatch(): Promise<void> {
    const batch = this.#batcher.flush();
    if (batch === undefined) return;
    await this.#hold(batch.frames.startMs + (batch.frames.dtMs.at(-1) ?? 0));
    await this.#store(batch);
  }

  async #store(gathered: GatheredBatch): Promise<void> {
    const { clockStatus = () => UNSYNCHRONISED, onProgress } = this.#options;
    const batch: ObservationBatch = { site: this.#site, clock: clockStatus(), ...gathered };
    const frames = batch.frames.dtMs.length;
    const sent = await this.#send(batch, frames);
    if (sent?.kind === 'stored') {
      this.#count.batches++;
      this.#count.observations += countObservations(batch);
    } else this.#count.droppedFrames += frames;
    onProgress?.(this.progress());
  }

  /** After the signal a full outbox is waited for only as long as the end may take. */
  async #send(batch: ObservationBatch, frames: number): Promise<Sent | undefined> {
    const { uplink, signal, flushTimeoutMs = FLUSH_TIMEOUT_MS } = this.#options;
    const patience = signal?.aborted ? AbortSignal.timeout(flushTimeoutMs) : signal;
    try {
      return await uplink.send('observations', batch.frames.startMs, batch, {
        worth: frames,
        ...(patience && { signal: patience }),
      });
    } catch (error) {
      if (signal?.aborted && !(error instanceof UplinkError)) return undefined;
      throw error;
    }
  }
}

/** How a batch is held back until it may be stored; never longer than until the signal aborts. */
function holdFor({
  speed,
  uplink,
  signal,
  clock = Date.now,
}: CameraOptions): (endMs: number) => Promise<void> {
  if (speed === 'live') return () => Promise.resolve();
  if (speed === 'max')
    return () =>
      uplink.waitingAtMost(2 * uplink.window, signal).catch((error: unknown) => {
        if (!signal?.aborted) throw error;
      });
  const pacer = createPacer(speed, clock);
  return (endMs) => pacer.until(endMs, signal);
}
