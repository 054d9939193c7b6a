/** Small plane geometry in metres; angles counter-clockwise from +x, in radians. */
export type Xy = readonly [x: number, y: number];

export const add = (a: Xy, b: Xy): Xy => [a[0] + b[0], a[1] + b[1]];
export const subtract = (a: Xy, b: Xy): Xy => [a[0] - b[0], a[1] - b[1]];
export const scale = (a: Xy, factor: number): Xy => [a[0] * factor, a[1] * factor];
export const dot = (a: Xy, b: Xy): number => a[0] * b[0] + a[1] * b[1];
export const unit = (angle: number): Xy => [Math.cos(angle), Math.sin(angle)];
export const distance = (a: Xy, b: Xy): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
export const left = (a: Xy): Xy => [-a[1], a[0]];

export function centre(points: readonly Xy[]): Xy {
  const sum = points.reduce<Xy>(add, [0, 0]);
  return scale(sum, 1 / Math.max(1, points.length));
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** @returns the smallest and largest coordinate of the points along a direction. */
export function spanAlong(points: readonly Xy[], direction: Xy): Span {
  const along = points.map((point) => dot(point, direction));
  return { from: Math.min(...along), to: Math.max(...along) };
}

/** @returns the difference b − a folded into (−π, π]. */
export function turn(a: number, b: number): number {
  const full = 2 * Math.PI;
  const raw = (((b - a) % full) + full) % full;
  return raw > Math.PI ? raw - full : raw;
}

export const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
export const mixAngle = (a: number, b: number, share: number): number => a + turn(a, b) * share;
export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));
