/** The ways of vehicles over a crossing: for each lane of the edges it crosses, the line from before it to beyond it. */
import { joined, nearestOn, type Line, type Place } from './polyline.ts';
import type { NetConnection, NetEdge, NetLane, Network } from './network.ts';

export interface WayOver {
  readonly lane: NetLane;
  readonly line: Line;
  /** Whether the lane ends before the crossing; else it begins behind it. */
  readonly incoming: boolean;
}

/** Internal lanes one after the other on one way over a junction. */
const MAX_VIA = 8;

/** @returns the lanes of each crossed edge that vehicles may use; nothing for an edge without any. */
export function waysOver(network: Network, crossing: NetEdge): readonly (readonly WayOver[])[] {
  const junction = junctionOf(crossing);
  return crossing.crosses.flatMap((id) => {
    const edge = network.edges.get(id);
    const lanes = edge?.lanes.filter((lane) => lane.forVehicles) ?? [];
    if (edge === undefined || lanes.length === 0) return [];
    const incoming = edge.to === junction;
    return [lanes.map((lane) => ({ lane, incoming, line: wayOf(network, lane, incoming) }))];
  });
}

/** SUMO calls the crossings of node N `:N_c0`, `:N_c1` … */
const junctionOf = ({ id }: NetEdge): string => id.replace(/^:/, '').replace(/_c\d+$/, '');

function wayOf(network: Network, lane: NetLane, incoming: boolean): Line {
  const connection = straightest(network, lane, incoming);
  if (connection === undefined) return lane.shape;
  const [from, to] = [connection.from, connection.to].map((id) => network.lanes.get(id)?.shape);
  return joined([from ?? [], ...viaLines(network, connection), to ?? []]);
}

/** Where several ways join into a lane or part from it, the one that turns least stands for it. */
function straightest(network: Network, lane: NetLane, incoming: boolean): NetConnection | undefined {
  const here = incoming ? 'from' : 'to';
  let best: NetConnection | undefined;
  let least = Infinity;
  for (const connection of network.connections) {
    const other = network.lanes.get(incoming ? connection.to : connection.from);
    if (connection[here] !== lane.id || other === undefined || isInternal(other)) continue;
    const turn = incoming ? turnBetween(lane, other) : turnBetween(other, lane);
    if (turn < least) [best, least] = [connection, turn];
  }
  return best;
}

const isInternal = ({ id }: NetLane): boolean => id.startsWith(':');

/** Between the end of one lane and the beginning of another; radians, 0 to π. */
function turnBetween(a: NetLane, b: NetLane): number {
  const out = nearestOn(a.shape, a.shape.at(-1) as Place).headingRadians;
  const into = nearestOn(b.shape, b.shape[0] as Place).headingRadians;
  return Math.abs(Math.atan2(Math.sin(into - out), Math.cos(into - out)));
}

function viaLines(network: Network, connection: NetConnection): readonly Line[] {
  const lines: Line[] = [];
  let next = connection.via;
  while (next !== undefined && lines.length < MAX_VIA) {
    const id = next;
    lines.push(network.lanes.get(id)?.shape ?? []);
    next = network.connections.find(({ from, to }) => from === id && to === connection.to)?.via;
  }
  return lines;
}
