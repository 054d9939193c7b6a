/** The people of a recording in the frame of its street: the same object for a track from frame to frame. */
import type { SeenObject } from '@wayside/edge/camera/frame-source';
import type { WatchedPedestrian } from '../truth/watched.ts';
import { turnBy, type SitePlan } from './plan-of-site.ts';

type RecordedWalker = { -readonly [K in keyof WatchedPedestrian]: WatchedPedestrian[K] };

export interface RecordedWalkers {
  readonly pedestrians: readonly RecordedWalker[];
  /** Puts the people where a frame has them; who is seen no more is gone. */
  readonly walk: (objects: readonly SeenObject[], onCrossing: ReadonlySet<string> | undefined) => void;
}

/** Beside the crosswalk's edge somebody still uses it. */
const BESIDE_METRES = 0.5;
/** Slower, a heading says nothing. */
const WALKING_MPS = 0.1;

export function recordedWalkers(plan: SitePlan): RecordedWalkers {
  const turn = turnBy(plan.rotationRadians);
  const pedestrians: RecordedWalker[] = [];
  let known = new Map<string, RecordedWalker>();
  return {
    pedestrians,
    walk(objects, onCrossing) {
      const before = known;
      known = new Map();
      pedestrians.length = 0;
      for (const object of objects) {
        const walker = before.get(object.track) ?? begin(object.track);
        const [u, v] = [turn.u(object.xMetres, object.yMetres), turn.v(object.xMetres, object.yMetres)];
        const on = onCrossing?.has(object.track) ?? isOn(plan, u, v);
        move(walker, { u, v, speedMps: object.speedMps ?? 0, phase: on ? 'crossing' : 'arriving' });
        face(walker, (object.headingRadians ?? 0) - plan.rotationRadians, !before.has(object.track));
        known.set(object.track, walker);
        pedestrians.push(walker);
      }
      for (const [track, walker] of before) if (!known.has(track)) walker.phase = 'gone';
    },
  };
}

const begin = (track: string): RecordedWalker => ({
  id: track,
  role: 'crosser',
  direction: 1,
  phase: 'arriving',
  speedMps: 0,
  turned: false,
  u: 0,
  v: 0,
});

const move = (
  walker: RecordedWalker,
  to: Pick<RecordedWalker, 'u' | 'v' | 'speedMps' | 'phase'>,
): RecordedWalker => Object.assign(walker, to);

/** @param isNew it faces where it faces, and has not turned back. */
function face(walker: RecordedWalker, heading: number, isNew: boolean): void {
  const direction = Math.sin(heading) >= 0 ? 1 : -1;
  if (direction === walker.direction || (!isNew && walker.speedMps < WALKING_MPS)) return;
  walker.turned ||= !isNew && walker.phase === 'crossing';
  walker.direction = direction;
}

const isOn = ({ road, halfDepthMetres }: SitePlan, u: number, v: number): boolean =>
  v > road.minV && v < road.maxV && Math.abs(u) < halfDepthMetres + BESIDE_METRES;
