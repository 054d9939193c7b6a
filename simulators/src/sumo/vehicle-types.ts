/** The vehicle types (`vType`) of SUMO's route files: how large, of which class, and how their drivers mean to behave. */
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import { numberField } from '../recordings/number-field.ts';
import { EMERGENCY_CLASS, PASSENGER, PEDESTRIAN, ROAD_CLASSES } from './vehicle-classes.ts';
import { readXml, type Attributes } from './xml-elements.ts';

/**
 * What a type's junction model makes of its drivers. refuses: `jmCrossingGap` near 0, so that it stops for nobody on a
 * crossing · blocks: `jmIgnoreKeepClearTime` is set, so that it waits on the junction in a jam · runs-red:
 * `jmDriveAfterRedTime` is set. In this order the first one names an encounter.
 */
export const SUMO_DISPOSITIONS = ['refuses', 'blocks', 'runs-red'] as const;
export type SumoDisposition = (typeof SUMO_DISPOSITIONS)[number];

export interface SumoType {
  readonly id: string;
  /** Undefined where its class is not of the road. */
  readonly kind: ObjectKind | undefined;
  readonly emergency: boolean;
  readonly lengthMetres: number;
  readonly widthMetres: number;
  /** Empty where its drivers do what they owe. */
  readonly dispositions: readonly SumoDisposition[];
}

export type SumoTypes = ReadonlyMap<string, SumoType>;

/** SUMO's default is 10 m: a pedestrian on the crossing nearer to the vehicle's way than this stops it. */
const REFUSING_GAP_METRES = 1;
const MAX_LENGTH_METRES = 30;
const MAX_WIDTH_METRES = 5;

/** The types SUMO has without being told. */
const BUILT_IN: readonly SumoType[] = [
  typeOf('DEFAULT_VEHTYPE', PASSENGER),
  typeOf('DEFAULT_TAXITYPE', PASSENGER),
  typeOf('DEFAULT_PEDTYPE', PEDESTRIAN),
  typeOf('DEFAULT_BIKETYPE', ROAD_CLASSES.get('bicycle') ?? PASSENGER),
];

/** What is taken for a type that stands in none of the files. */
export const unknownType = (id: string): SumoType => typeOf(id, PASSENGER);

function typeOf(
  id: string,
  size: Pick<SumoType, 'kind' | 'lengthMetres' | 'widthMetres'>,
  emergency = false,
  dispositions: readonly SumoDisposition[] = [],
): SumoType {
  const { kind, lengthMetres, widthMetres } = size;
  return { id, kind, emergency, lengthMetres, widthMetres, dispositions };
}

/** @param fault told of what cannot be used, by file and line; then SUMO's own default stands. */
export async function readVehicleTypes(
  files: readonly string[],
  fault: (file: string, line: number, reason: string) => void,
  signal: AbortSignal,
): Promise<SumoTypes> {
  const types = new Map(BUILT_IN.map((type) => [type.id, type]));
  for (const file of files)
    await readXml(
      file,
      ['routes', 'additional'],
      {
        open(name, attributes, line) {
          if (name !== 'vType') return;
          const type = vType(attributes, (reason) => fault(file, line, reason));
          if (type) types.set(type.id, type);
        },
        close: () => undefined,
        fault: (line, reason) => fault(file, line, reason),
      },
      signal,
    );
  return types;
}

function vType(attributes: Attributes, fault: (reason: string) => void): SumoType | undefined {
  const { id, vClass = 'passenger' } = attributes;
  if (id === undefined || id === '') {
    fault('a vType has no id: it is left out');
    return undefined;
  }
  const known = vClass === 'pedestrian' ? PEDESTRIAN : ROAD_CLASSES.get(vClass);
  const read = (name: string, low: number, high: number): number | undefined => {
    if (attributes[name] === undefined) return undefined;
    const value = numberField(attributes[name], low, high);
    if (value === undefined)
      fault(
        `${name} "${attributes[name].slice(0, 40)}" of vType "${id}" is no number from ${low} to ${high}`,
      );
    return value;
  };
  const size = {
    kind: known?.kind,
    lengthMetres: read('length', 0.1, MAX_LENGTH_METRES) ?? known?.lengthMetres ?? PASSENGER.lengthMetres,
    widthMetres: read('width', 0.1, MAX_WIDTH_METRES) ?? known?.widthMetres ?? PASSENGER.widthMetres,
  };
  return typeOf(id, size, vClass === EMERGENCY_CLASS, dispositionsOf(read));
}

/** Of the two times SUMO's own default is -1: never. */
function dispositionsOf(
  read: (name: string, low: number, high: number) => number | undefined,
): readonly SumoDisposition[] {
  const gap = read('jmCrossingGap', 0, 1e6) ?? Infinity;
  const keepClear = read('jmIgnoreKeepClearTime', -1, 1e9) ?? -1;
  const afterRed = read('jmDriveAfterRedTime', -1, 1e9) ?? -1;
  const is: Readonly<Record<SumoDisposition, boolean>> = {
    refuses: gap < REFUSING_GAP_METRES,
    blocks: keepClear >= 0,
    'runs-red': afterRed > 0,
  };
  return SUMO_DISPOSITIONS.filter((disposition) => is[disposition]);
}
