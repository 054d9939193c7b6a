/** One encounter every few seconds at each crossing: a vehicle that gives way or does not, and the pedestrians it meets. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import { DEMO_SITES, place, type DemoSite } from './demo-sites.ts';
import { chanceOf, type Chance } from './random.ts';

export type Behaviour = 'ahead' | 'gives-way' | 'close-call' | 'stands-on';

export interface Path {
  readonly track: string;
  readonly kind: ObjectKind;
  readonly length: number;
  readonly width: number;
  /** Position along and across the road and speed at each step of STEP_MS; empty before and after. */
  readonly fromStep: number;
  readonly along: readonly number[];
  readonly across: readonly number[];
  readonly direction: number;
}

export interface Encounter {
  readonly siteIndex: number;
  readonly k: number;
  readonly startMs: number;
  readonly behaviour: Behaviour;
  readonly vehicle: Path;
  readonly pedestrians: readonly Path[];
  readonly petSeconds: number;
  readonly entrySpeedMps: number;
  readonly minSpeedMps: number;
  readonly requiredDecelerationMps2: number;
  /** Steps after the start at which the front is 12 m away, at the crosswalk, and the rear has left it. */
  readonly steps: { readonly approach: number; readonly entry: number; readonly exit: number };
}

export const PERIOD_MS = 9_000;
export const STEP_MS = 80;
const STEPS = 300;
const MEET_SECONDS = 12;
const KINDS: readonly (readonly [ObjectKind, number, number])[] = [
  ['car', 4.6, 1.85],
  ['car', 4.2, 1.8],
  ['van', 5.3, 2],
  ['car', 4.8, 1.9],
  ['bus', 11.5, 2.5],
  ['truck', 8, 2.4],
  ['motorcycle', 2.1, 0.8],
];

const cache = new Map<string, Encounter>();

export function encounterOf(siteIndex: number, k: number): Encounter {
  const key = `${siteIndex}/${k}`;
  const known = cache.get(key);
  if (known) return known;
  if (cache.size > 2_000) cache.clear();
  const made = makeEncounter(siteIndex, k);
  cache.set(key, made);
  return made;
}

function makeEncounter(siteIndex: number, k: number): Encounter {
  const demo = DEMO_SITES[siteIndex];
  if (!demo) throw new RangeError(`no demo site ${siteIndex}`);
  const chance = chanceOf(siteIndex * 7_919 + k);
  const lane = demo.lanes[k % demo.lanes.length] ?? { offset: 0, direction: 1 as const };
  const behaviour = behaviourOf(chance.next());
  const [kind, length, width] = KINDS[Math.floor(chance.next() * KINDS.length)] ?? ['car', 4.5, 1.8];
  const speed = chance.between(5.5, 9);
  const walk = chance.between(1.15, 1.6);
  const pet = behaviour === 'close-call' ? chance.between(2.1, 2.8) : chance.between(0.4, 1.7);
  const leaves = MEET_SECONDS - (width / 2 + 0.3) / walk - pet;
  const base = { demo, behaviour, length, speed, middleAt: leaves - (length / 2 + 0.3) / speed };
  const drive =
    behaviour === 'gives-way'
      ? waiting(base, walk)
      : behaviour === 'stands-on'
        ? standing(base)
        : passing(base);
  const vehicle = vehiclePath({ lane, drive, kind, length, width, track: String(((k * 3) % 900) + 1) });
  const decisive = walker({ demo, k, walk, meets: lane.offset, fromLeft: chance.next() < 0.5, n: 0, chance });
  const others =
    behaviour === 'gives-way' || chance.next() < 0.4
      ? [
          walker({
            demo,
            k,
            walk: walk * 0.9,
            meets: lane.offset + 3,
            fromLeft: chance.next() < 0.5,
            n: 1,
            chance,
          }),
        ]
      : [];
  return {
    siteIndex,
    k,
    startMs: k * PERIOD_MS,
    behaviour,
    vehicle,
    pedestrians: [decisive, ...others],
    petSeconds: pet,
    entrySpeedMps: speedAt(drive, firstAt(drive, -demo.halfDepth - length / 2)),
    minSpeedMps: minSpeed(drive, demo),
    requiredDecelerationMps2: chance.between(1.1, 2.6),
    steps: {
      approach: firstAt(drive, -demo.halfDepth - length / 2 - 12),
      entry: firstAt(drive, -demo.halfDepth - length / 2),
      exit: firstAt(drive, demo.halfDepth + length / 2),
    },
  };
}

function behaviourOf(share: number): Behaviour {
  if (share < 0.42) return 'ahead';
  if (share < 0.84) return 'gives-way';
  return share < 0.94 ? 'close-call' : 'stands-on';
}

interface Drive {
  readonly demo: DemoSite;
  readonly length: number;
  readonly speed: number;
  readonly middleAt: number;
}

/** Positions of the centre along its own direction, 0 at the middle of the crosswalk. */
const passing = ({ speed, middleAt }: Drive): readonly number[] =>
  Array.from({ length: STEPS }, (_, i) => speed * ((i * STEP_MS) / 1000 - middleAt));

function waiting({ demo, length, speed }: Drive, walk: number): readonly number[] {
  const stopAt = -demo.halfDepth - 2 - length / 2;
  return stopping(speed, stopAt, MEET_SECONDS - 2.5, MEET_SECONDS + (demo.halfWidth + 1) / walk);
}

const standing = ({ speed }: Drive): readonly number[] =>
  stopping(speed, 0.2, MEET_SECONDS - 7, MEET_SECONDS - 0.5);

function stopping(speed: number, stopAt: number, stopsAt: number, goesAt: number): readonly number[] {
  const [braking, pulling] = [2.2, 1.7];
  return Array.from({ length: STEPS }, (_, i) => {
    const t = (i * STEP_MS) / 1000;
    const brakeFrom = stopsAt - speed / braking;
    if (t < brakeFrom) return stopAt - speed ** 2 / (2 * braking) - speed * (brakeFrom - t);
    if (t < stopsAt) return stopAt - (braking * (stopsAt - t) ** 2) / 2;
    if (t < goesAt) return stopAt;
    const pull = Math.min(t - goesAt, speed / pulling);
    return stopAt + (pulling * pull ** 2) / 2 + speed * Math.max(0, t - goesAt - speed / pulling);
  });
}

const firstAt = (drive: readonly number[], along: number): number =>
  Math.max(
    0,
    drive.findIndex((s) => s >= along),
  );
const speedAt = (drive: readonly number[], step: number): number =>
  (((drive[step + 1] ?? 0) - (drive[step] ?? 0)) * 1000) / STEP_MS;

function minSpeed(drive: readonly number[], demo: DemoSite): number {
  const entry = firstAt(drive, -demo.halfDepth);
  const steps = Array.from({ length: 36 }, (_, i) => Math.max(0, entry - i));
  return Math.min(...steps.map((step) => speedAt(drive, step)));
}

function vehiclePath(of: {
  readonly lane: DemoSite['lanes'][number];
  readonly drive: readonly number[];
  readonly kind: ObjectKind;
  readonly length: number;
  readonly width: number;
  readonly track: string;
}): Path {
  const fromStep = Math.max(
    0,
    of.drive.findIndex((s) => s > -42),
  );
  const end = of.drive.findIndex((s) => s > 42);
  const seen = of.drive.slice(fromStep, end < 0 ? STEPS : end);
  const { track, kind, length, width } = of;
  const along = seen.map((s) => s * of.lane.direction);
  return {
    track,
    kind,
    length,
    width,
    fromStep,
    along,
    across: seen.map(() => of.lane.offset),
    direction: of.lane.direction,
  };
}

function walker(of: {
  readonly demo: DemoSite;
  readonly k: number;
  readonly walk: number;
  readonly meets: number;
  readonly fromLeft: boolean;
  readonly n: number;
  readonly chance: Chance;
}): Path {
  const sense = of.fromLeft ? -1 : 1;
  const lane = of.chance.between(-of.demo.halfDepth * 0.6, of.demo.halfDepth * 0.6);
  const reach = of.demo.halfWidth + 2.6;
  const steps = Array.from({ length: STEPS }, (_, i) => i);
  const across = steps.map((i) => of.meets + sense * of.walk * ((i * STEP_MS) / 1000 - MEET_SECONDS));
  const fromStep = Math.max(
    0,
    across.findIndex((y) => Math.abs(y) < reach),
  );
  const seen = across.slice(fromStep).filter((y) => Math.abs(y) < reach);
  return {
    track: String(((of.k * 2 + of.n) % 900) + 1),
    kind: 'pedestrian',
    length: 0.6,
    width: 0.6,
    fromStep,
    along: seen.map((_, i) => lane + 0.12 * Math.sin(i / 9)),
    across: seen,
    direction: sense,
  };
}

/** @returns where a path is on the site's ground at a step after the start, or undefined outside it. */
export function positionAt(demo: DemoSite, path: Path, step: number): readonly [number, number] | undefined {
  const at = step - path.fromStep;
  const [low, share] = [Math.floor(at), at - Math.floor(at)];
  const [a0, c0] = [path.along[low], path.across[low]];
  if (a0 === undefined || c0 === undefined) return undefined;
  const [a1, c1] = [path.along[low + 1] ?? a0, path.across[low + 1] ?? c0];
  return place(demo, a0 + (a1 - a0) * share, c0 + (c1 - c0) * share);
}

export const headingOf = (demo: DemoSite, path: Path): number => {
  const turned = path.kind === 'pedestrian' ? Math.PI / 2 : 0;
  const heading = demo.angle + turned + (path.direction > 0 ? 0 : Math.PI);
  return Math.atan2(Math.sin(heading), Math.cos(heading));
};
