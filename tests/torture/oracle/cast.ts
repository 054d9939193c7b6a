/** Who plays: devices whose every message is a function of the seed, the device and the sequence. */
import { chance } from '../random.ts';

/** house: a broker of our own, whose PUBACK means stored · broker: one of others, which holds what it has acknowledged. */
export type Door = 'house' | 'broker';

export interface Player {
  readonly seed: number;
  readonly device: string;
  readonly kind: 'camera' | 'handheld';
  readonly door: Door;
  /** uplink: the edge's own, with an outbox on disk, in a process that is killed · raw: bare MQTT that misbehaves. */
  readonly by: 'uplink' | 'raw';
  /** Event time of its first message, ms since the epoch; some are a day behind. */
  readonly startMs: number;
}

export interface CastOptions {
  readonly seed: number;
  readonly startMs: number;
  readonly doors: readonly Door[];
  /** Of each kind behind each door. */
  readonly cameras: number;
  readonly handhelds: number;
  readonly raws: number;
}

const HOUR_MS = 3_600_000;
/** So that event time may run faster than the clock on the wall and never be in the house's future. */
const BEHIND_MS = 4 * HOUR_MS;
const DAY_LATE_MS = 26 * HOUR_MS;
const DAY_LATE_SHARE = 0.25;

export function castOf({ seed, startMs, doors, cameras, handhelds, raws }: CastOptions): readonly Player[] {
  const player = (door: Door, name: string, kind: Player['kind'], by: Player['by']): Player => {
    const device = `${door}-${name}`;
    const late = chance(seed, device, 'late') < DAY_LATE_SHARE;
    return { seed, device, kind, door, by, startMs: startMs - (late ? DAY_LATE_MS : BEHIND_MS) };
  };
  return doors.flatMap((door) => [
    ...numbers(cameras).map((n) => player(door, `cam-${n}`, 'camera', 'uplink')),
    ...numbers(handhelds).map((n) => player(door, `hand-${n}`, 'handheld', 'uplink')),
    ...numbers(raws).map((n) => player(door, `raw-${n}`, 'handheld', 'raw')),
  ]);
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
