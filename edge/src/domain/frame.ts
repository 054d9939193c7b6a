/** What a tracker sees: one frame with its objects, on the site's ground plane, in SI units. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';

/** One tracked object in one frame. */
export interface SeenObject {
  /** The tracker's id, unique within a boot among vehicles or among pedestrians. */
  readonly track: string;
  readonly kind: ObjectKind;
  readonly xMetres: number;
  readonly yMetres: number;
  readonly headingRadians?: number;
  readonly speedMps?: number;
  readonly lengthMetres?: number;
  readonly widthMetres?: number;
  readonly emergency?: boolean;
  /** As read; it becomes a keyed token before it is written anywhere, and never leaves the agent. */
  readonly plateText?: string;
}

export interface Frame {
  /** The device's clock, ms since the epoch. */
  readonly timeMs: number;
  readonly objects: readonly SeenObject[];
}
