/** Lines of points on the ground plane, metres. */
export type Place = readonly [number, number];
export type Line = readonly Place[];

/** `x,y x,y …` (a third coordinate is height). @returns undefined where that is no line of at least two points. */
export function lineOf(text: string | undefined): Line | undefined {
  const points = (text ?? '').split(' ').filter((word) => word !== '');
  const line = points.map((point): Place => {
    const [x, y] = point.split(',').map(Number);
    return [x ?? NaN, y ?? NaN];
  });
  const sound = line.length >= 2 && line.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  return sound && lengthOf(line) > 0 ? line : undefined;
}

const apart = ([ax, ay]: Place, [bx, by]: Place): number => Math.hypot(bx - ax, by - ay);

/** Whether two places are the same, to the centimetre in which SUMO writes them. */
const isSame = (a: Place, b: Place): boolean => apart(a, b) < 0.01;

export const lengthOf = (line: Line): number =>
  line.reduce((sum, point, i) => sum + (i === 0 ? 0 : apart(line[i - 1] as Place, point)), 0);

/** One line after the other, without the points they share. */
export function joined(lines: readonly Line[]): Line {
  const all: Place[] = [];
  for (const line of lines)
    for (const point of line) {
      const last = all.at(-1);
      if (last === undefined || !isSame(last, point)) all.push(point);
    }
  return all;
}

interface Spot {
  /** Along the line, from its beginning. */
  readonly metres: number;
  readonly place: Place;
  readonly headingRadians: number;
}

/** The point of the line nearest to a place. */
export function nearestOn(line: Line, [x, y]: Place): Spot {
  let best: Spot = { metres: 0, place: line[0] as Place, headingRadians: 0 };
  let nearest = Infinity;
  let before = 0;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]] as [Place, Place];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = Math.hypot(dx, dy);
    if (length === 0) continue;
    const along = ((x - a[0]) * dx + (y - a[1]) * dy) / length ** 2;
    const t = Math.min(1, Math.max(0, along));
    const place: Place = [a[0] + t * dx, a[1] + t * dy];
    const distance = apart(place, [x, y]);
    if (distance < nearest) {
      nearest = distance;
      best = { metres: before + t * length, place, headingRadians: Math.atan2(dy, dx) };
    }
    before += length;
  }
  return best;
}

/** What of the line lies from one distance along it to another. */
export function cut(line: Line, fromMetres: number, toMetres: number): Line {
  const kept: Place[] = [];
  let before = 0;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1], line[i]] as [Place, Place];
    const length = apart(a, b);
    const [from, to] = [Math.max(fromMetres, before), Math.min(toMetres, before + length)];
    if (from < to) {
      if (kept.length === 0) kept.push(between(a, b, (from - before) / length));
      kept.push(between(a, b, (to - before) / length));
    }
    before += length;
  }
  return kept;
}

const between = (a: Place, b: Place, share: number): Place => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
];

/** The strip of a width around a line, as a polygon: its left side forwards, its right side back. */
export function stripAround(line: Line, widthMetres: number): Line {
  const half = widthMetres / 2;
  const side = (sign: 1 | -1): Place[] =>
    line.map(([x, y], i) => {
      const heading = bisector(line, i);
      return [x - sign * half * Math.sin(heading), y + sign * half * Math.cos(heading)];
    });
  return [...side(1), ...side(-1).reverse()];
}

/** Direction of the line through its point i. */
function bisector(line: Line, i: number): number {
  const [a, b] = [line[Math.max(0, i - 1)], line[Math.min(line.length - 1, i + 1)]] as [Place, Place];
  return Math.atan2(b[1] - a[1], b[0] - a[0]);
}
