/** What of a SUMO network (netconvert's `net.xml`) says where vehicles drive and people cross. */
import { numberField } from '../recordings/number-field.ts';
import { lineOf, type Line } from './polyline.ts';
import { ROAD_CLASSES } from './vehicle-classes.ts';
import { readXml, type Attributes } from './xml-elements.ts';

export interface NetLane {
  readonly id: string;
  readonly shape: Line;
  readonly widthMetres: number;
  readonly speedMps: number;
  /** Whether vehicles of the road may use it; pavements are lanes to SUMO too. */
  readonly forVehicles: boolean;
}

export interface NetEdge {
  readonly id: string;
  /** normal, internal, crossing, walkingarea, connector. */
  readonly function: string;
  /** Ids of the nodes at its ends; internal edges have none. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly lanes: readonly NetLane[];
  /** Of a crossing: ids of the edges it crosses. */
  readonly crosses: readonly string[];
}

export interface NetConnection {
  /** Ids of lanes. */
  readonly from: string;
  readonly to: string;
  /** The lane over the junction, where it has one. */
  readonly via: string | undefined;
}

export interface Network {
  readonly edges: ReadonlyMap<string, NetEdge>;
  readonly lanes: ReadonlyMap<string, NetLane>;
  readonly connections: readonly NetConnection[];
  readonly drivingSide: 'right' | 'left';
}

const DEFAULT_LANE_METRES = 3.2;

/** @param fault told of what cannot be used, by line. @throws ReadingError */
export async function readNetwork(
  file: string,
  fault: (line: number, reason: string) => void,
  signal: AbortSignal,
): Promise<Network> {
  const edges = new Map<string, NetEdge & { readonly lanes: NetLane[] }>();
  const lanes = new Map<string, NetLane>();
  const connections: NetConnection[] = [];
  let edge: (NetEdge & { readonly lanes: NetLane[] }) | undefined;
  let drivingSide: Network['drivingSide'] = 'right';
  await readXml(
    file,
    ['net'],
    {
      root(attributes) {
        if (isTrue(attributes['lefthand'])) drivingSide = 'left';
      },
      open(name, attributes, line) {
        if (name === 'edge') {
          edge = edgeOf(attributes);
          edges.set(edge.id, edge);
        } else if (name === 'lane' && edge) {
          const lane = laneOf(attributes);
          if (typeof lane === 'string') fault(line, lane);
          else {
            edge.lanes.push(lane);
            lanes.set(lane.id, lane);
          }
        } else if (name === 'connection') connections.push(connectionOf(attributes));
      },
      close(name) {
        if (name === 'edge') edge = undefined;
      },
      fault,
    },
    signal,
  );
  return { edges, lanes, connections, drivingSide };
}

const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1';
const words = (text: string | undefined): readonly string[] =>
  (text ?? '').split(' ').filter((word) => word !== '');

const edgeOf = (attributes: Attributes): NetEdge & { readonly lanes: NetLane[] } => ({
  id: attributes['id'] ?? '',
  function: attributes['function'] ?? 'normal',
  from: attributes['from'],
  to: attributes['to'],
  lanes: [],
  crosses: words(attributes['crossingEdges']),
});

function laneOf(attributes: Attributes): NetLane | string {
  const { id = '', width, speed } = attributes;
  const shape = lineOf(attributes['shape']);
  if (shape === undefined) return `lane "${id}" has no shape of two points or more: it is left out`;
  const widthMetres = width === undefined ? DEFAULT_LANE_METRES : numberField(width, 0.1, 100);
  const speedMps = numberField(speed, 0, 1000);
  if (widthMetres === undefined || speedMps === undefined)
    return `width or speed of lane "${id}" is no number: it is left out`;
  return { id, shape, widthMetres, speedMps, forVehicles: isForVehicles(attributes) };
}

function isForVehicles({ allow, disallow }: Attributes): boolean {
  const named = words(allow ?? disallow);
  const every = named.includes('all');
  if (allow !== undefined) return every || named.some((name) => ROAD_CLASSES.has(name));
  return !every && [...ROAD_CLASSES.keys()].some((name) => !named.includes(name));
}

const connectionOf = (attributes: Attributes): NetConnection => ({
  from: `${attributes['from'] ?? ''}_${attributes['fromLane'] ?? ''}`,
  to: `${attributes['to'] ?? ''}_${attributes['toLane'] ?? ''}`,
  via: attributes['via'],
});
