/** Makes a camera's messages out of frames, for tests and benchmarks. */
import { contentHash } from '@wayside/contracts/canonical';
import { envelopeFields, MESSAGE_TYPES } from '@wayside/contracts/envelope';
import type { StatusMessage } from '@wayside/contracts/device-status';
import {
  trackKey,
  type ClockStatus,
  type ObjectKind,
  type ObservationMessage,
  type ObservedObject,
} from '@wayside/contracts/observation-batch';
import type { PlateToken } from '@wayside/contracts/tokens';
import type { Site } from '@wayside/contracts/site';

export interface Sighting {
  readonly track: string;
  readonly kind: ObjectKind;
  readonly x: number;
  readonly y: number;
  readonly headingRadians?: number;
  readonly speedMps?: number;
  readonly lengthMetres?: number;
  readonly widthMetres?: number;
  readonly emergency?: boolean;
  readonly plate?: PlateToken;
}

export interface SeenFrame {
  readonly timeMs: number;
  readonly objects: readonly Sighting[];
}

export interface Camera {
  readonly site: Site;
  readonly device: string;
  readonly bootId: string;
  readonly clock?: ClockStatus;
  readonly firstSequence?: number;
}

/** @param sizes frames of each batch, in turn; the last one goes on. */
export function batchMessages(
  frames: readonly SeenFrame[],
  camera: Camera,
  sizes: readonly number[] = [24],
): ObservationMessage[] {
  const messages: ObservationMessage[] = [];
  const version = contentHash(camera.site);
  for (let from = 0; from < frames.length;) {
    const size = sizes[Math.min(messages.length, sizes.length - 1)] ?? 24;
    const sequence = (camera.firstSequence ?? 1) + messages.length;
    messages.push(batchMessage(frames.slice(from, from + size), camera, version, sequence));
    from += size;
  }
  return messages;
}

function batchMessage(
  frames: readonly SeenFrame[],
  { site, device, bootId, clock = { state: 'synchronised' } }: Camera,
  version: string,
  sequence: number,
): ObservationMessage {
  const startMs = frames[0]?.timeMs ?? 0;
  const sentAtMs = frames.at(-1)?.timeMs ?? startMs;
  return {
    ...envelopeFields({
      type: MESSAGE_TYPES.observations,
      device,
      bootId,
      sequence,
      timeMs: startMs,
      sentAtMs,
    }),
    type: MESSAGE_TYPES.observations,
    data: {
      site: { id: site.id, version },
      clock,
      frames: { startMs, dtMs: frames.map(({ timeMs }) => timeMs - startMs) },
      objects: columns(frames),
    },
  };
}

function columns(frames: readonly SeenFrame[]): ObservedObject[] {
  const objects = new Map<string, ObservedObject>();
  for (const [index, { objects: seen }] of frames.entries())
    for (const one of seen) {
      const key = trackKey(one.kind, one.track);
      const object = objects.get(key) ?? begin(one);
      objects.set(key, object);
      object.frame.push(index);
      object.xCm.push(Math.round(one.x * 100));
      object.yCm.push(Math.round(one.y * 100));
      if (one.headingRadians !== undefined)
        object.headingMrad?.push(
          Math.round(Math.atan2(Math.sin(one.headingRadians), Math.cos(one.headingRadians)) * 1000),
        );
      if (one.speedMps !== undefined) object.speedCmps?.push(Math.round(one.speedMps * 100));
    }
  return [...objects.values()];
}

const begin = (one: Sighting): ObservedObject => ({
  track: one.track,
  kind: one.kind,
  ...(one.plate === undefined ? {} : { plate: one.plate }),
  ...(one.emergency === undefined ? {} : { emergency: one.emergency }),
  ...(one.lengthMetres === undefined ? {} : { lengthCm: Math.round(one.lengthMetres * 100) }),
  ...(one.widthMetres === undefined ? {} : { widthCm: Math.round(one.widthMetres * 100) }),
  frame: [],
  xCm: [],
  yCm: [],
  ...(one.headingRadians === undefined ? {} : { headingMrad: [] }),
  ...(one.speedMps === undefined ? {} : { speedCmps: [] }),
});

export function statusMessage(of: {
  readonly device: string;
  readonly bootId: string;
  readonly sequence: number;
  readonly timeMs: number;
  readonly state: 'online' | 'stopping';
}): StatusMessage {
  return {
    ...envelopeFields({ type: MESSAGE_TYPES.status, sentAtMs: of.timeMs, ...of }),
    type: MESSAGE_TYPES.status,
    data: { state: of.state, kind: 'camera', software: 'testing' },
  };
}
