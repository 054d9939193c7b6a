/** What there is to be seen: everything on the street, in one shape, in the street's own frame. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import { walkingAngle } from '../street/pedestrian.ts';
import { ATTENTION_METRES } from '../street/plan.ts';
import type { StreetView } from '../street/street.ts';
import { middleU } from '../street/traffic.ts';

export interface Thing {
  /** Unique among all things of a street: `v` or `p` and the number. */
  readonly key: string;
  readonly kind: ObjectKind;
  readonly u: number;
  readonly v: number;
  /** In the street's own frame. */
  readonly heading: number;
  readonly speedMps: number;
  readonly lengthMetres: number;
  readonly widthMetres: number;
  readonly plate: string | undefined;
  readonly emergency: boolean;
}

const BODY_METRES = 0.6;
/** A person with a bicycle takes more room. */
const PUSHER_METRES = 1.6;

export function sceneOf(street: StreetView): readonly Thing[] {
  const things: Thing[] = [];
  addTraffic(street, things);
  addParked(street, things);
  addPedestrians(street, things);
  return things;
}

function addTraffic(street: StreetView, things: Thing[]): void {
  for (const lane of street.lanes)
    for (const vehicle of lane.vehicles) {
      const u = middleU(vehicle);
      if (Math.abs(u) > ATTENTION_METRES) continue;
      const aside = Math.sign(lane.centreV - vehicle.v);
      things.push({
        key: `v${vehicle.id}`,
        kind: vehicle.kind,
        u,
        v: vehicle.v,
        heading: (lane.direction === 1 ? 0 : Math.PI) + aside * lane.direction * 0.15,
        speedMps: vehicle.speedMps,
        lengthMetres: vehicle.lengthMetres,
        widthMetres: vehicle.widthMetres,
        plate: vehicle.plate,
        emergency: vehicle.emergency,
      });
    }
}

function addParked(street: StreetView, things: Thing[]): void {
  for (const { id, kind, u, v, direction, lengthMetres, widthMetres, plate } of street.parked)
    things.push({
      key: `v${id}`,
      kind,
      u,
      v,
      heading: direction === 1 ? 0 : Math.PI,
      speedMps: 0,
      lengthMetres,
      widthMetres,
      plate,
      emergency: false,
    });
}

function addPedestrians(street: StreetView, things: Thing[]): void {
  for (const pedestrian of street.pedestrians)
    things.push({
      key: `p${pedestrian.id}`,
      kind: 'pedestrian',
      u: pedestrian.u,
      v: pedestrian.v,
      heading: walkingAngle(pedestrian),
      speedMps: pedestrian.speedMps,
      lengthMetres: pedestrian.role === 'pusher' ? PUSHER_METRES : BODY_METRES,
      widthMetres: BODY_METRES,
      plate: undefined,
      emergency: false,
    });
}
