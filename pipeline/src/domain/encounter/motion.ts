/** Speeds and headings from positions, for cameras that give none, and for pedestrians always. */

export interface Positions {
  /** Seconds after the start of the window, strictly increasing. */
  readonly seconds: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** First and last of the samples within `half` seconds around sample i; at least its neighbours where it has any. */
export function firstAround(seconds: readonly number[], i: number, half: number): number {
  const at = seconds[i] as number;
  let from = Math.max(0, i - 1);
  while (from > 0 && at - (seconds[from - 1] as number) <= half) from--;
  return from;
}

export function lastAround(seconds: readonly number[], i: number, half: number): number {
  const at = seconds[i] as number;
  let to = Math.min(seconds.length - 1, i + 1);
  while (to < seconds.length - 1 && (seconds[to + 1] as number) - at <= half) to++;
  return to;
}

export interface Velocity {
  readonly vx: number;
  readonly vy: number;
}

/** Velocity at sample i over about `half` seconds to each side; zero where there is only one sample. */
export function velocityAt(path: Positions, i: number, half: number): Velocity {
  const from = firstAround(path.seconds, i, half);
  const to = lastAround(path.seconds, i, half);
  const dt = (path.seconds[to] as number) - (path.seconds[from] as number);
  if (dt <= 0) return { vx: 0, vy: 0 };
  const dx = (path.x[to] as number) - (path.x[from] as number);
  const dy = (path.y[to] as number) - (path.y[from] as number);
  return { vx: dx / dt, vy: dy / dt };
}

/** Medians of a column over the samples within `half` seconds of each: a noisy speed without its outliers. */
export function smoothed(
  seconds: readonly number[],
  column: readonly number[],
  half: number,
): readonly number[] {
  let [from, to] = [0, 0];
  return seconds.map((now) => {
    while (now - (seconds[from] as number) > half) from++;
    while (to < seconds.length && (seconds[to] as number) - now <= half) to++;
    const inside = column.slice(from, to).sort((a, b) => a - b);
    return inside[inside.length >> 1] as number;
  });
}

/** Whether each of those medians is below a level: counting tells, and costs a tenth of sorting. */
export function smoothedBelow(
  seconds: readonly number[],
  column: readonly number[],
  half: number,
  level: number,
): readonly boolean[] {
  let [from, to, below] = [0, 0, 0];
  return seconds.map((now) => {
    for (; now - (seconds[from] as number) > half; from++) if ((column[from] as number) < level) below--;
    for (; to < seconds.length && (seconds[to] as number) - now <= half; to++)
      if ((column[to] as number) < level) below++;
    return below > (to - from) >> 1;
  });
}

/** Index of the last sample at or before `second`; -1 where there is none. */
export function indexAt(seconds: readonly number[], second: number): number {
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seconds[middle] as number) <= second) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A column's value at any second, linear between samples and constant beyond them. */
export function valueAt(seconds: readonly number[], column: readonly number[], second: number): number {
  const i = indexAt(seconds, second);
  if (i < 0) return column[0] as number;
  if (i >= seconds.length - 1) return column[seconds.length - 1] as number;
  return valueAfter(seconds, column, i, second);
}

/** The same for a second between samples i and i + 1. */
export function valueAfter(
  seconds: readonly number[],
  column: readonly number[],
  i: number,
  second: number,
): number {
  const from = seconds[i] as number;
  const share = (second - from) / ((seconds[i + 1] as number) - from);
  const value = column[i] as number;
  return value + share * ((column[i + 1] as number) - value);
}

/** Length of the way between two seconds, along the samples. Metres. */
export function wayBetween(path: Positions, from: number, to: number): number {
  const { seconds, x, y } = path;
  let length = 0;
  let ax = valueAt(seconds, x, from);
  let ay = valueAt(seconds, y, from);
  for (let i = indexAt(seconds, from) + 1; i < seconds.length && (seconds[i] as number) < to; i++) {
    const bx = x[i] as number;
    const by = y[i] as number;
    length += Math.hypot(bx - ax, by - ay);
    ax = bx;
    ay = by;
  }
  return length + Math.hypot(valueAt(seconds, x, to) - ax, valueAt(seconds, y, to) - ay);
}

/** Diagonal of the box that holds all samples: whether a thing moved at all. Metres. */
export const extent = ({ x, y }: Positions): number =>
  Math.hypot(largest(x) - smallest(x), largest(y) - smallest(y));

/** Smallest and largest of a column, which may be too long to spread. */
export function smallest(column: readonly number[]): number {
  let least = Infinity;
  for (const value of column) if (value < least) least = value;
  return least;
}

export function largest(column: readonly number[]): number {
  let most = -Infinity;
  for (const value of column) if (value > most) most = value;
  return most;
}
