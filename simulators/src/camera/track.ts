/** What a tracker keeps of one thing it follows. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { Random } from '../street/random.ts';
import type { Thing } from './scene.ts';
import type { Faults } from './severity.ts';

export interface Track {
  id: string;
  readonly key: string | null;
  readonly kind: ObjectKind;
  readonly plate: string | undefined;
  readonly lengthMetres: number;
  readonly widthMetres: number;
  /** Slowly wandering part of the position's error, in sigmas. */
  wanderU: number;
  wanderV: number;
  lastSeenSeconds: number;
  /** Until when it is taken to be one with its neighbour, and so not reported. */
  mergedUntilSeconds: number;
}

const CONFUSABLE: Readonly<Record<ObjectKind, readonly ObjectKind[]>> = {
  car: ['van'],
  van: ['car', 'truck'],
  truck: ['van', 'bus'],
  bus: ['truck'],
  motorcycle: ['bicycle'],
  bicycle: ['motorcycle'],
  pedestrian: ['bicycle'],
};

export function beginTrack(thing: Thing, id: string, faults: Faults, random: Random): Track {
  const confused = random.chance(faults.confused);
  const scale = 1 + random.normal(0, faults.sizeNoise);
  return {
    id,
    key: thing.key,
    kind: confused ? random.pick(CONFUSABLE[thing.kind]) : thing.kind,
    plate: readPlate(thing.plate, faults, random),
    lengthMetres: Math.max(0.3, thing.lengthMetres * scale),
    widthMetres: Math.max(0.3, thing.widthMetres * (1 + random.normal(0, faults.sizeNoise))),
    wanderU: random.normal(0, 1),
    wanderV: random.normal(0, 1),
    lastSeenSeconds: 0,
    mergedUntilSeconds: 0,
  };
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  B: '8',
  '8': 'B',
  D: '0',
  '0': 'D',
  S: '5',
  '5': 'S',
  Z: '2',
  '2': 'Z',
};

/** One reading a track: trackers vote over frames. */
function readPlate(plate: string | undefined, faults: Faults, random: Random): string | undefined {
  if (plate === undefined || random.chance(faults.unread)) return undefined;
  if (!random.chance(faults.misread)) return plate;
  const at = 1 + random.integer(plate.length - 1);
  const letter = plate.charAt(at);
  return plate.slice(0, at) + (LOOKALIKES[letter] ?? (letter === '7' ? '1' : '7')) + plate.slice(at + 1);
}
