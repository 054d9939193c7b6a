/**
 * A street as it is drawn, in its own frame: u runs along the road, v across it, the crosswalk lies over u = 0.
 * A lane has its own s: 0 at the crosswalk's middle and growing in the direction of travel, so s = direction · u.
 */
import type { Light } from './light.ts';

export interface LanePlan {
  readonly id: string;
  readonly direction: 1 | -1;
  readonly centreV: number;
  readonly widthMetres: number;
}

export interface Span {
  readonly minV: number;
  readonly maxV: number;
}

export interface ParkedSpot {
  readonly u: number;
  readonly v: number;
  readonly direction: 1 | -1;
}

/** How busy, and how well behaved. */
export interface Demand {
  readonly vehiclesPerMinutePerLane: number;
  readonly pedestriansPerMinute: number;
  /** Mean time between jams that reach back to the crosswalk, each lane; 0: never. */
  readonly jamEverySeconds: number;
  /** Share of drivers who do not do what they owe. */
  readonly lawlessShare: number;
  /** Share of people on foot who step on where drivers can stop; the others wait for a gap. */
  readonly daringShare: number;
}

/** A signal of fixed times: green, amber and red for vehicles, one after another. */
export interface SignalPlan {
  readonly greenSeconds: number;
  readonly amberSeconds: number;
  readonly redSeconds: number;
  /** How far into its cycle it is as the street begins. */
  readonly offsetSeconds: number;
}

export interface StreetPlan {
  readonly id: string;
  readonly name: string;
  readonly layout: string;
  readonly drivingSide: 'right' | 'left';
  /** From the smallest v to the largest. */
  readonly lanes: readonly LanePlan[];
  /** Kerb to kerb. */
  readonly road: Span;
  /** The line between the two directions; on a one-way road its far kerb. */
  readonly middleV: number;
  readonly islands: readonly Span[];
  /** Half the crosswalk's extent along the road. */
  readonly halfDepthMetres: number;
  /** From the stop line to the crosswalk's near edge. */
  readonly stopGapMetres: number;
  readonly speedLimitMps: number;
  /** How the street lies on the site's ground plane. */
  readonly rotationRadians: number;
  readonly parked: readonly ParkedSpot[];
  readonly demand: Demand;
  readonly light: Light;
  /** Such streets have drivers who run red lights or drive too fast, and a speed limit that is judged. */
  readonly signal?: SignalPlan;
}

/** Where vehicles come into being and where they end, on every lane's s. */
export const ENTRY_S = -95;
export const EXIT_S = 50;
/** What the camera follows, either way. */
export const ATTENTION_METRES = 45;
export const STEP_SECONDS = 0.1;
