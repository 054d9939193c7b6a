/** Three crossings: a wide road with an island, a narrow one that is skewed, and one as recordings have them, without lanes. */
import type { Site } from '@wayside/contracts/site';

interface DemoLane {
  /** Metres to the left of the road's middle. */
  readonly offset: number;
  readonly direction: 1 | -1;
}

export interface DemoSite {
  readonly site: Site;
  readonly angle: number;
  readonly origin: readonly [number, number];
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly lanes: readonly DemoLane[];
}

type Shape = Omit<DemoSite, 'site'> & {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly origin_: Site['origin'];
  readonly laneWidth: number;
  readonly surveyed: boolean;
  readonly islandHalf: number;
};

const SHAPES: readonly Shape[] = [
  {
    id: 'harbour-street',
    name: 'Harbour Street at the fish market',
    timeZone: 'Asia/Shanghai',
    origin_: 'simulation',
    angle: 0.35,
    origin: [12, 40],
    halfWidth: 7.6,
    halfDepth: 2,
    laneWidth: 3.3,
    lanes: [
      { offset: -5.8, direction: 1 },
      { offset: -2.5, direction: 1 },
      { offset: 2.5, direction: -1 },
      { offset: 5.8, direction: -1 },
    ],
    surveyed: true,
    islandHalf: 0.8,
  },
  {
    id: 'school-lane',
    name: 'School Lane',
    timeZone: 'Asia/Shanghai',
    origin_: 'simulation',
    angle: 2.2,
    origin: [0, 0],
    halfWidth: 3.5,
    halfDepth: 1.75,
    laneWidth: 3.4,
    lanes: [
      { offset: -1.75, direction: 1 },
      { offset: 1.75, direction: -1 },
    ],
    surveyed: true,
    islandHalf: 0,
  },
  {
    id: 'intersection_05',
    name: 'Campus intersection, clip 05',
    timeZone: 'Asia/Shanghai',
    origin_: 'recording',
    angle: -0.1,
    origin: [20, 9],
    halfWidth: 6,
    halfDepth: 2.6,
    laneWidth: 3.5,
    lanes: [
      { offset: -2.6, direction: 1 },
      { offset: 2.6, direction: -1 },
    ],
    surveyed: false,
    islandHalf: 0,
  },
];

export const DEMO_SITES: readonly DemoSite[] = SHAPES.map((shape) => ({ ...shape, site: siteOf(shape) }));

/** From metres along and to the left of the road to the site's own frame. */
export function place(
  of: Pick<DemoSite, 'angle' | 'origin'>,
  along: number,
  across: number,
): [number, number] {
  const cos = Math.cos(of.angle);
  const sin = Math.sin(of.angle);
  return [of.origin[0] + along * cos - across * sin, of.origin[1] + along * sin + across * cos];
}

function siteOf(shape: Shape): Site {
  const at = (along: number, across: number) => place(shape, along, across);
  const { halfWidth: w, halfDepth: d, islandHalf: i } = shape;
  return {
    schema: 'wayside.site.v1',
    id: shape.id,
    name: shape.name,
    timeZone: shape.timeZone,
    drivingSide: 'right',
    devices: [`cam-${shape.id.replace('_', '-')}`],
    crosswalk: [at(-d, -w), at(d, -w), at(d, w), at(-d, w)],
    crossingAxisRadians: shape.angle + Math.PI / 2,
    islands: i > 0 ? [[at(-d - 1.2, -i), at(d + 1.2, -i), at(d + 1.2, i), at(-d - 1.2, i)]] : [],
    approaches: ([1, -1] as const).map((direction) => approachOf(shape, direction)),
    attentionMetres: 40,
    positionSigmaMetres: 0.15,
    calibration: { validUntil: shape.origin_ === 'recording' ? null : '2027-06-30' },
    origin: shape.origin_,
    ...(shape.surveyed && { location: { latitude: 38.92, longitude: 121.63 } }),
  };
}

function approachOf(shape: Shape, direction: 1 | -1): Site['approaches'][number] {
  const at = (along: number, across: number) => place(shape, along, across);
  const mine = shape.lanes.filter((lane) => lane.direction === direction);
  const half = shape.laneWidth / 2;
  const edges = mine.flatMap(({ offset }) => [offset - half, offset + half]);
  const line = -direction * (shape.halfDepth + 1.5);
  return {
    id: direction > 0 ? 'with' : 'against',
    headingRadians: direction > 0 ? shape.angle : shape.angle + Math.PI,
    lanes: shape.surveyed
      ? mine.map(({ offset }, i) => ({
          id: `lane-${i + 1}`,
          centreline: [at(-60 * direction, offset), at(60 * direction, offset)],
          widthMetres: shape.laneWidth,
        }))
      : [],
    ...(shape.surveyed && { stopLine: [at(line, Math.min(...edges)), at(line, Math.max(...edges))] }),
    speedLimitMps: 11.1,
  };
}
