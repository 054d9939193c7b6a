/**
 * One vehicle or person of SUMO's floating-car data as a camera would report it. SUMO's angle is in degrees clockwise
 * from north, ours in radians counter-clockwise from east. SUMO's position of a vehicle is the middle of its front
 * bumper, ours of its footprint; a person's is taken as it is, for a body is a fifth of a metre deep.
 */
import { createHash } from 'node:crypto';
import type { SeenObject } from '@wayside/edge/camera/frame-source';
import { normaliseAngle, numberField, SPEED_BOUND_MPS } from '../recordings/number-field.ts';
import type { Place } from './polyline.ts';
import { unknownType, type SumoType, type SumoTypes } from './vehicle-types.ts';
import type { Attributes } from './xml-elements.ts';

/** Beyond it nobody is reported: vehicles are, from long before they are in the site's attention. Metres. */
export const VIEW_METRES = 80;
const FARTHEST_METRES = 1e8;
const TRACK = /^[A-Za-z0-9_.-]{1,40}$/;

export interface ObjectContext {
  readonly types: SumoTypes;
  readonly origin: Place;
  readonly clip: string;
  /** Told of the vehicle type of each vehicle that is seen. */
  readonly typed: (track: string, type: string) => void;
  /** Told the first time that something is so, by key. */
  readonly note: (key: string, reason: string) => void;
}

/** @returns the object, undefined where it is not to be seen here, or in words what is wrong with it. */
export function fcdObject(
  of: 'vehicle' | 'person',
  fields: Attributes,
  context: ObjectContext,
): SeenObject | undefined | string {
  const { id = '' } = fields;
  if (id === '') return `a ${of} has no id`;
  const values = valuesOf(fields);
  if (typeof values === 'string') return `${of} "${id.slice(0, 40)}": ${values}`;
  const [x, y, angle, speedMps] = values;
  const place: Place = [x - context.origin[0], y - context.origin[1]];
  if (Math.hypot(...place) > VIEW_METRES) return undefined;
  const headingRadians = normaliseAngle(((90 - angle) * Math.PI) / 180);
  const moving = { track: trackOf(id), headingRadians, speedMps: Math.abs(speedMps) };
  if (of === 'person') return { ...moving, kind: 'pedestrian', xMetres: place[0], yMetres: place[1] };
  const type = typeOf(fields['type'], context);
  context.typed(moving.track, type.id);
  return type.kind === undefined ? undefined : vehicle(moving, place, { ...type, kind: type.kind }, context);
}

type Moving = Required<Pick<SeenObject, 'track' | 'headingRadians' | 'speedMps'>>;

function vehicle(
  moving: Moving,
  [x, y]: Place,
  { kind, emergency, lengthMetres, widthMetres }: SumoType & Pick<SeenObject, 'kind'>,
  { clip }: ObjectContext,
): SeenObject {
  const back = lengthMetres / 2;
  return {
    ...moving,
    kind,
    xMetres: x - back * Math.cos(moving.headingRadians),
    yMetres: y - back * Math.sin(moving.headingRadians),
    lengthMetres,
    widthMetres,
    ...(emergency && { emergency }),
    plateText: `recording/${clip}/${moving.track}`,
  };
}

const FIELDS = [
  ['x', FARTHEST_METRES],
  ['y', FARTHEST_METRES],
  ['angle', 3600],
  ['speed', SPEED_BOUND_MPS],
] as const;

function valuesOf(fields: Attributes): readonly [number, number, number, number] | string {
  const values: number[] = [];
  for (const [name, bound] of FIELDS) {
    const value = numberField(fields[name], -bound, bound);
    if (value === undefined)
      return `${name} "${(fields[name] ?? '').slice(0, 40)}" is no number within ±${bound}`;
    values.push(value);
  }
  return values as [number, number, number, number];
}

/** A type of one vehicle's own is named after the one it was made from: `type@vehicle`. */
function typeOf(name: string | undefined, { types, note }: ObjectContext): SumoType {
  const id = (name ?? 'DEFAULT_VEHTYPE').replace(/@.*$/, '');
  const known = types.get(id);
  if (known === undefined) {
    const { lengthMetres, widthMetres } = unknownType(id);
    const size = `${lengthMetres} m by ${widthMetres} m`;
    note(`type ${id}`, `type "${id.slice(0, 40)}" is in no route file: taken for a passenger car of ${size}`);
  } else if (known.kind === undefined)
    note(`type ${id}`, `type "${id.slice(0, 40)}" is of no class that uses roads: its vehicles are left out`);
  return known ?? unknownType(id);
}

/** SUMO's ids may hold anything: what the contract does not allow is replaced, and a digest keeps them apart. */
export function trackOf(id: string): string {
  if (TRACK.test(id)) return id;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.replaceAll(/[^A-Za-z0-9_.-]/g, '_').slice(0, 30)}-${digest}`;
}
