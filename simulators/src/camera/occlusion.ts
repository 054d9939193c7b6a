/** Who is hidden from the camera behind whom, from a mast at the roadside. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { StreetPlan } from '../street/plan.ts';
import type { Thing } from './scene.ts';

export interface Mast {
  readonly u: number;
  readonly v: number;
  readonly heightMetres: number;
}

const HEIGHT_METRES: Readonly<Record<ObjectKind, number>> = {
  car: 1.5,
  van: 2.2,
  truck: 3.2,
  bus: 3.1,
  motorcycle: 1.4,
  bicycle: 1.6,
  pedestrian: 1.65,
};

export const mastOf = (plan: StreetPlan): Mast => ({ u: -14, v: plan.road.maxV + 2, heightMetres: 7 });

/** @returns whether something nearer to the mast stands in the line to most of it. */
export function isHidden(mast: Mast, thing: Thing, things: readonly Thing[]): boolean {
  const distance = Math.hypot(thing.u - mast.u, thing.v - mast.v);
  return things.some((other) => other !== thing && hides(mast, thing, distance, other));
}

function hides(mast: Mast, thing: Thing, distance: number, other: Thing): boolean {
  const height = HEIGHT_METRES[other.kind];
  if (other.kind === 'pedestrian' || other.kind === 'motorcycle') return false;
  const nearer = Math.hypot(other.u - mast.u, other.v - mast.v);
  if (nearer >= distance) return false;
  const lineHeight = mast.heightMetres + ((middleHeight(thing) - mast.heightMetres) * nearer) / distance;
  if (lineHeight > height) return false;
  return isInLine(mast, thing, distance, other);
}

const middleHeight = (thing: Thing): number => HEIGHT_METRES[thing.kind] * 0.7;

/** Whether the line from the mast to the thing's middle goes through the other, which lies along the road. */
function isInLine(mast: Mast, thing: Thing, distance: number, other: Thing): boolean {
  const du = (thing.u - mast.u) / distance;
  const dv = (thing.v - mast.v) / distance;
  const aside = (other.u - mast.u) * dv - (other.v - mast.v) * du;
  const halfBreadth = (Math.abs(dv) * other.lengthMetres + Math.abs(du) * other.widthMetres) / 2;
  return Math.abs(aside) < halfBreadth;
}
