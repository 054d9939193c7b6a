/** What the truth needs to know of a street, whoever moves it: the street simulator, or a recording of another one. */
import type { VehicleKind } from '../street/vehicle-types.ts';
import type { Pedestrian } from '../street/pedestrian.ts';
import type { LanePlan, StreetPlan } from '../street/plan.ts';

export type WatchedPlan = Pick<
  StreetPlan,
  'id' | 'islands' | 'middleV' | 'halfDepthMetres' | 'stopGapMetres'
>;

export interface WatchedVehicle {
  readonly id: number | string;
  readonly kind: VehicleKind | 'bicycle';
  readonly lengthMetres: number;
  readonly widthMetres: number;
  readonly plate: string | undefined;
  readonly emergency: boolean;
  readonly driver: { readonly disposition: string };
  readonly lane: LanePlan;
  /** The front bumper, on the lane's s. */
  readonly s: number;
  /** Of its centre line. */
  readonly v: number;
  readonly speedMps: number;
  /** It has stopped, or is stopping, for somebody. */
  readonly yielding: boolean;
}

export type WatchedPedestrian = Readonly<
  Pick<Pedestrian, 'u' | 'v' | 'direction' | 'phase' | 'speedMps' | 'turned'>
> & {
  readonly id: number | string;
  readonly role: string;
  /** The vehicle because of which it stands, where that is known. */
  readonly waitsFor?: number | string | undefined;
};

export interface WatchedLane extends LanePlan {
  readonly vehicles: readonly WatchedVehicle[];
}

/** Vehicles and pedestrians are the same objects from step to step, and change. */
export interface WatchedStreet {
  readonly plan: WatchedPlan;
  readonly lanes: readonly WatchedLane[];
  readonly pedestrians: readonly WatchedPedestrian[];
  /** Since the street began. */
  readonly seconds: number;
}
