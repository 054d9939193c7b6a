/** Publishes one recording as a camera would, from where an earlier run broke off. */
import { join } from 'node:path';
import { runCamera, type Speed } from '@wayside/edge/camera/agent';
import type { FrameSource } from '@wayside/edge/camera/frame-source';
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { AgentHost } from '../agents/agent-host.ts';
import type { Recording, RecordingRef, Rejects } from '../recordings/recording.ts';
import { beginBoot, completeBoot } from './boot-book.ts';
import { resumedUplink } from './resumed-uplink.ts';

export interface ClipOptions {
  readonly host: AgentHost;
  readonly speed: Exclude<Speed, 'live'>;
  readonly signal: AbortSignal;
  readonly onProgress: (clip: string, sent: number, of: number) => void;
}

export interface ClipResult {
  readonly clip: string;
  /** Observation messages of the recording, those of earlier runs too. */
  readonly messages: number;
  readonly observations: number;
  /** Messages this run stored, the camera's birth and last word included. */
  readonly published: number;
  /** Messages the house has not acknowledged yet. */
  readonly left: number;
  readonly complete: boolean;
  readonly rejects: Rejects;
}

/** Frames of a recording are exactly timed among themselves, to half a frame; its date is a convention. */
const RECORDED_CLOCK: ClockStatus = { state: 'synchronised', maxErrorMs: 21 };
const FLUSH_MS = 60_000;
/** A boot's birth and last word. */
const STATUS_MESSAGES = 2;

/** @throws ReadingError, UplinkError */
export async function replayClip(ref: RecordingRef, options: ClipOptions): Promise<ClipResult> {
  const { host, signal } = options;
  const recording = await ref.load(signal);
  const device = recording.site.devices[0] as string;
  const bootId = `rec-${recording.contentHash.slice(0, 32)}`;
  const book = join(host.dataDir, 'boots', `${device}.json`);
  const before = await outboxOf(host, device);
  const position = await beginBoot(book, bootId, before.lastSequence);
  const delivery = position.complete
    ? await deliverRest(options, device, bootId, before.waiting)
    : await publish(options, recording, { device, bootId, stored: position.stored });
  if (delivery.complete) await completeBoot(book, bootId);
  const after = await outboxOf(host, device);
  return {
    clip: recording.clip,
    messages: delivery.messages ?? position.stored - STATUS_MESSAGES,
    observations: recording.frames.reduce((sum, frame) => sum + frame.objects.length, 0),
    published: after.lastSequence - before.lastSequence,
    left: after.waiting,
    complete: delivery.complete,
    rejects: recording.rejects,
  };
}

interface Delivery {
  readonly complete: boolean;
  readonly messages?: number;
}

interface Boot {
  readonly device: string;
  readonly bootId: string;
  readonly stored: number;
}

async function publish(options: ClipOptions, recording: Recording, boot: Boot): Promise<Delivery> {
  const { host, speed, signal, onProgress } = options;
  const { device, bootId, stored } = boot;
  const uplink = await host.open({
    device,
    kind: 'camera',
    site: recording.site,
    boot: { id: bootId, begun: stored > 0 },
  });
  const resumed = resumedUplink(uplink, stored, signal);
  await runCamera({
    uplink: resumed.uplink,
    source: sourceOf(recording),
    tokens: host.tokens,
    speed,
    signal,
    clockStatus: () => RECORDED_CLOCK,
    flushTimeoutMs: FLUSH_MS,
    onProgress: ({ frames }) => onProgress(recording.clip, frames, recording.frames.length),
  });
  return { complete: resumed.complete(), messages: resumed.messages() };
}

/** All is stored; only what the house has not acknowledged is still to be sent. */
async function deliverRest(
  { host, signal }: ClipOptions,
  device: string,
  bootId: string,
  waiting: number,
): Promise<Delivery> {
  if (waiting === 0) return { complete: true };
  const uplink = await host.open({ device, kind: 'camera', boot: { id: bootId, begun: true } });
  await uplink.drained(signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  await uplink.stop({ flushTimeoutMs: 0, toBeContinued: true });
  return { complete: true };
}

async function outboxOf(
  host: AgentHost,
  device: string,
): Promise<{ readonly lastSequence: number; readonly waiting: number }> {
  const outbox = await host.store.outbox(device);
  const { lastSequence, waiting } = outbox;
  outbox.release();
  return { lastSequence, waiting };
}

const sourceOf = ({ site, frames }: Recording): FrameSource => ({
  site,
  async *frames(signal) {
    for (const frame of frames) {
      if (signal.aborted) return;
      yield await Promise.resolve(frame);
    }
  },
});
