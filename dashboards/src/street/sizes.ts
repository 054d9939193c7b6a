/** Usual sizes, for objects whose size no camera measured; metres. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';

export interface Size {
  readonly length: number;
  readonly width: number;
}

const SIZES: Readonly<Record<ObjectKind, Size>> = {
  car: { length: 4.5, width: 1.8 },
  van: { length: 5.4, width: 2.0 },
  truck: { length: 8.5, width: 2.5 },
  bus: { length: 12, width: 2.55 },
  motorcycle: { length: 2.1, width: 0.8 },
  bicycle: { length: 1.8, width: 0.65 },
  pedestrian: { length: 0.6, width: 0.6 },
};

/** The house may one day name kinds that this page does not know: they look like cars. */
export const isKind = (kind: string): kind is ObjectKind => kind in SIZES;
export const usualSize = (kind: ObjectKind): Size => SIZES[kind];
