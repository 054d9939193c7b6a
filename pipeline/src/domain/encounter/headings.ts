import { firstAround, lastAround, type Positions } from './motion.ts';

/** Over less than this the direction of a displacement is mostly the tracker's noise. Metres. */
const TELLING_METRES = 0.5;
const HALF_SECONDS = 0.5;

export interface Headings {
  readonly ux: readonly number[];
  readonly uy: readonly number[];
}

/**
 * Headings from motion: of the displacement around each sample; a vehicle at rest keeps the heading of its nearest
 * motion. One that never moves is taken to point along (ux, uy).
 */
export function headingsFromMotion(path: Positions, fallback: { ux: number; uy: number }): Headings {
  const count = path.seconds.length;
  const ux: number[] = new Array<number>(count).fill(NaN);
  const uy: number[] = new Array<number>(count).fill(NaN);
  for (let i = 0; i < count; i++) {
    const from = firstAround(path.seconds, i, HALF_SECONDS);
    const to = lastAround(path.seconds, i, HALF_SECONDS);
    const dx = (path.x[to] as number) - (path.x[from] as number);
    const dy = (path.y[to] as number) - (path.y[from] as number);
    const length = Math.hypot(dx, dy);
    if (length < TELLING_METRES) continue;
    ux[i] = dx / length;
    uy[i] = dy / length;
  }
  fillGaps(ux, fallback.ux);
  fillGaps(uy, fallback.uy);
  return { ux, uy };
}

/** Each gap takes the value before it, the first gap the value after it. */
function fillGaps(values: number[], fallback: number): void {
  const first = values.find((value) => !Number.isNaN(value)) ?? fallback;
  let last = first;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) values[i] = last;
    else last = values[i] as number;
  }
}
