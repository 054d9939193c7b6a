/** Draws one moment as SVG, one unit a decimetre. Colours are for white paper, and differ in lightness, too. */
import type { Site } from '@wayside/contracts/site';
import type { TrackSegment } from '@wayside/contracts/verdict';
import type { MomentView, Placed, Xy } from './moment-view.ts';

export interface DrawnObject {
  readonly track: TrackSegment;
  readonly place: Placed;
  readonly role: 'flagged' | 'decisive' | 'other';
}

const UNITS_PER_METRE = 10;
const BAR_METRES = 0.5;
const KERB_METRES = 0.4;

const COLOURS = {
  ground: '#e9eeea',
  asphalt: '#cfd5da',
  kerb: '#9aa4ad',
  paint: '#ffffff',
  flagged: '#d55e00',
  decisive: '#0b5fa5',
  vehicle: '#6b7a88',
  walker: '#7aa3c7',
  glass: '#ffe2cc',
} as const;

export function drawing(site: Site, view: MomentView, objects: readonly DrawnObject[]): string {
  const [width, height] = [u(view.widthMetres), u(view.heightMetres)];
  const parts = [
    `<rect width="${width}" height="${height}" fill="${COLOURS.ground}"/>`,
    road(site, view),
    ...bars(site, view),
    ...stopLines(site, view),
    ...objects.map((object) => trail(object, view)),
    ...sorted(objects).map((object) => shape(object, view)),
    ...objects.map((object) => stillToCome(site, object, view)),
    scaleBar(view),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`;
}

/** Who is in question lies on top. */
const sorted = (objects: readonly DrawnObject[]): readonly DrawnObject[] => [
  ...objects.filter(({ role }) => role === 'other'),
  ...objects.filter(({ role }) => role !== 'other'),
];

/** As wide as the crosswalk is long, from the upper edge to the lower. */
function road(site: Site, view: MomentView): string {
  const xs = site.crosswalk.map((point) => view.at(point)[0]);
  const [left, right] = [u(Math.min(...xs) - KERB_METRES), u(Math.max(...xs) + KERB_METRES)];
  const height = u(view.heightMetres);
  const kerb = (x: number) =>
    `<line x1="${x}" y1="0" x2="${x}" y2="${height}" stroke="${COLOURS.kerb}" stroke-width="2"/>`;
  return `<rect x="${left}" width="${round(right - left)}" height="${height}" fill="${COLOURS.asphalt}"/>${kerb(left)}${kerb(right)}`;
}

/** Zebra bars run with the traffic and follow one another along the crossing. */
function bars(site: Site, view: MomentView): readonly string[] {
  const corners = site.crosswalk.map((point) => view.at(point));
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const count = Math.max(1, Math.floor((right - left) / (2 * BAR_METRES)));
  const period = (right - left) / count;
  return Array.from({ length: count }, (_, i) => {
    const x = left + i * period + period / 4;
    return `<rect x="${u(x)}" y="${u(top)}" width="${u(period / 2)}" height="${u(bottom - top)}" fill="${COLOURS.paint}"/>`;
  });
}

const stopLines = (site: Site, view: MomentView): readonly string[] =>
  site.approaches.flatMap(({ stopLine }) =>
    stopLine
      ? [
          line(
            stopLine.map((point) => view.at(point)),
            COLOURS.paint,
            4,
          ),
        ]
      : [],
  );

const trail = ({ place, role }: DrawnObject, view: MomentView): string =>
  role === 'other'
    ? ''
    : line(
        place.trail.map((point) => view.at(point)),
        COLOURS[role],
        role === 'flagged' ? 3 : 2.5,
        ' stroke-opacity="0.55"',
      );

const line = (points: readonly Xy[], colour: string, width: number, more = ''): string =>
  `<polyline points="${points.map(([x, y]) => `${u(x)},${u(y)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="${width}"${more}/>`;

function shape({ track, place, role }: DrawnObject, view: MomentView): string {
  const [x, y] = view.at(place.at);
  return track.kind === 'pedestrian' ? walker(u(x), u(y), role) : vehicle(track, place, role, view);
}

function walker(x: number, y: number, role: DrawnObject['role']): string {
  const ring =
    role === 'decisive'
      ? `<circle cx="${x}" cy="${y}" r="8.5" fill="none" stroke="${COLOURS.decisive}" stroke-width="1.6"/>`
      : '';
  const fill = role === 'decisive' ? COLOURS.decisive : COLOURS.walker;
  return `${ring}<circle cx="${x}" cy="${y}" r="4.6" fill="${fill}" stroke="#ffffff" stroke-width="1.4"/>`;
}

const USUAL_METRES = { length: 4.5, width: 1.8 };

function vehicle(track: TrackSegment, place: Placed, role: DrawnObject['role'], view: MomentView): string {
  const [x, y] = view.at(place.at);
  const length = u((track.lengthCm ?? 100 * USUAL_METRES.length) / 100);
  const width = u((track.widthCm ?? 100 * USUAL_METRES.width) / 100);
  const turn = round(place.headingRadians === undefined ? 0 : view.turn(place.headingRadians));
  const fill = role === 'flagged' ? COLOURS.flagged : COLOURS.vehicle;
  const body = `<rect x="${round(-width / 2)}" y="${round(-length / 2)}" width="${width}" height="${length}" rx="4" fill="${fill}" stroke="#ffffff" stroke-width="1.4"/>`;
  const screen = `<rect x="${round(-width * 0.36)}" y="${round(-length * 0.3)}" width="${round(width * 0.72)}" height="${round(length * 0.13)}" rx="1.5" fill="${COLOURS.glass}"/>`;
  return `<g transform="translate(${u(x)} ${u(y)}) rotate(${turn})">${body}${screen}</g>`;
}

const EDGE_METRES = 1.2;

/** Who is in question and still below the picture: an arrow where it will come in, and how far it is from the crosswalk. */
function stillToCome(site: Site, { place, role }: DrawnObject, view: MomentView): string {
  const [x, y] = view.at(place.at);
  if (role !== 'flagged' || y <= view.heightMetres) return '';
  const nearEdge = Math.max(...site.crosswalk.map((point) => view.at(point)[1]));
  const tip = view.heightMetres - 2 * EDGE_METRES;
  const arrow = `${u(x)},${u(tip)} ${u(x - EDGE_METRES)},${u(tip + EDGE_METRES)} ${u(x + EDGE_METRES)},${u(tip + EDGE_METRES)}`;
  return (
    `<polygon points="${arrow}" fill="${COLOURS.flagged}"/>` +
    `<text x="${u(x)}" y="${u(view.heightMetres) - 2}" font-size="11" font-weight="bold" text-anchor="middle" fill="${COLOURS.flagged}">${Math.round(y - nearEdge)} m</text>`
  );
}

function scaleBar(view: MomentView): string {
  const [y, x] = [u(view.heightMetres) - 8, 8];
  return (
    `<line x1="${x}" y1="${y}" x2="${x + u(5)}" y2="${y}" stroke="#33404d" stroke-width="2"/>` +
    `<text x="${x}" y="${y - 5}" font-size="11" fill="#33404d">5 m</text>`
  );
}

const round = (value: number): number => Math.round(value * 10) / 10;
const u = (metres: number): number => round(metres * UNITS_PER_METRE);
