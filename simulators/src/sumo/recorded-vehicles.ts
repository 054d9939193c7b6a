/** The vehicles of a recording on the lanes of its street: the same object for a track from frame to frame. */
import type { SeenObject } from '@wayside/edge/camera/frame-source';
import type { WatchedLane, WatchedVehicle } from '../truth/watched.ts';
import { turnBy, type SitePlan } from './plan-of-site.ts';

type RecordedVehicle = { -readonly [K in keyof WatchedVehicle]: WatchedVehicle[K] };
interface RecordedLane extends WatchedLane {
  readonly vehicles: RecordedVehicle[];
}

export interface RecordedVehicles {
  readonly lanes: readonly RecordedLane[];
  /** Puts the vehicles where a frame has them; who is on no lane is nowhere. */
  readonly drive: (objects: readonly SeenObject[]) => void;
}

export function recordedVehicles(plan: SitePlan, disposition: (track: string) => string): RecordedVehicles {
  const turn = turnBy(plan.rotationRadians);
  const lanes: readonly RecordedLane[] = plan.lanes.map((lane) => ({ ...lane, vehicles: [] }));
  let known = new Map<string, RecordedVehicle>();
  return {
    lanes,
    drive(objects) {
      const before = known;
      known = new Map();
      for (const lane of lanes) lane.vehicles.length = 0;
      for (const object of objects) {
        const v = turn.v(object.xMetres, object.yMetres);
        const lane = laneAt(lanes, v, (object.headingRadians ?? 0) - plan.rotationRadians);
        if (!lane) continue;
        const vehicle = before.get(object.track) ?? begin(object, lane, disposition);
        vehicle.lane = lane;
        vehicle.s = lane.direction * turn.u(object.xMetres, object.yMetres) + vehicle.lengthMetres / 2;
        vehicle.v = v;
        vehicle.speedMps = object.speedMps ?? 0;
        known.set(object.track, vehicle);
        lane.vehicles.push(vehicle);
      }
    },
  };
}

function laneAt(lanes: readonly RecordedLane[], v: number, heading: number): RecordedLane | undefined {
  const direction = Math.cos(heading) > 0 ? 1 : -1;
  return lanes.find(
    (lane) => lane.direction === direction && Math.abs(v - lane.centreV) <= lane.widthMetres / 2,
  );
}

function begin(
  { track, kind, plateText, emergency, lengthMetres = 0, widthMetres = 0 }: SeenObject,
  lane: RecordedLane,
  disposition: (track: string) => string,
): RecordedVehicle {
  return {
    id: track,
    kind: kind === 'pedestrian' ? 'car' : kind,
    lengthMetres,
    widthMetres,
    plate: plateText,
    emergency: emergency === true,
    driver: { disposition: disposition(track) },
    lane,
    s: 0,
    v: 0,
    speedMps: 0,
    yielding: false,
  };
}
