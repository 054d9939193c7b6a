/**
 * The small file that says which column of a track CSV is what, in which unit, and what crosswalk it shows.
 * A documented example is `examples/track-map.json`.
 */
import { readFile } from 'node:fs/promises';
import { Type, type Static } from 'typebox';
import { ObjectKind } from '@wayside/contracts/observation-batch';
import { Site } from '@wayside/contracts/site';
import { checked, type Checked } from './checked-json.ts';

const closed = { additionalProperties: false } as const;
const Column = Type.String({ minLength: 1, maxLength: 100, description: 'Name in the header of the CSV.' });
const Length = Type.Enum(['m', 'cm', 'mm', 'ft']);

const Columns = Type.Object(
  {
    track: Column,
    time: Column,
    x: Column,
    y: Column,
    kind: Type.Optional(Column),
    heading: Type.Optional(Column),
    speed: Type.Optional(Column),
    length: Type.Optional(Column),
    width: Type.Optional(Column),
    plate: Type.Optional(Column),
  },
  closed,
);

const Units = Type.Object(
  {
    time: Type.Enum(['frame', 's', 'ms']),
    position: Length,
    heading: Type.Optional(Type.Enum(['rad', 'deg'])),
    speed: Type.Optional(Type.Enum(['m/s', 'km/h', 'mph', 'cm/s'])),
    size: Type.Optional(Length),
  },
  closed,
);

export const TrackMap = Type.Object(
  {
    schema: Type.Literal('wayside.track-map.v1'),
    description: Type.Optional(Type.String()),
    delimiter: Type.Optional(Type.Enum([',', ';', '\t', '|'])),
    columns: Columns,
    units: Units,
    framesPerSecond: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 1000, description: 'Needed where time counts frames.' }),
    ),
    yAxis: Type.Optional(
      Type.Enum(['up', 'down'], {
        description: '"down" as in pictures; then y and headings are turned over. "up" where absent.',
      }),
    ),
    recordingStart: Type.Optional(
      Type.String({ format: 'date-time', description: 'Time 0 of the recording.' }),
    ),
    kinds: Type.Optional(
      Type.Record(Type.String(), ObjectKind, {
        description: 'What each word of the kind column stands for.',
      }),
    ),
    defaultKind: Type.Optional(ObjectKind),
    site: Type.Omit(Site, ['schema', 'id', 'devices', 'origin']),
  },
  { ...closed, $id: 'wayside.track-map.v1' },
);
export type TrackMap = Static<typeof TrackMap>;

/** All faults of the file at once, each with its place in it. */
export async function readTrackMap(file: string): Promise<Checked<TrackMap>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => error as Error);
  const result = checked(TrackMap, file, text);
  if (result.kind === 'faults') return result;
  const faults = mapFaults(result.value).map((fault) => `${file}${fault}`);
  return faults.length > 0 ? { kind: 'faults', faults } : result;
}

/** What belongs together, which the schema cannot say. */
function mapFaults({ columns, units, kinds, defaultKind, framesPerSecond }: TrackMap): readonly string[] {
  const rules: readonly (readonly [boolean, string])[] = [
    [
      units.time === 'frame' && framesPerSecond === undefined,
      '/framesPerSecond is needed with units.time "frame"',
    ],
    [columns.kind === undefined && defaultKind === undefined, '/defaultKind is needed without columns.kind'],
    [columns.kind !== undefined && kinds === undefined, '/kinds is needed with columns.kind'],
    [
      columns.heading !== undefined && units.heading === undefined,
      '/units/heading is needed with columns.heading',
    ],
    [columns.speed !== undefined && units.speed === undefined, '/units/speed is needed with columns.speed'],
    [
      sized(columns) && units.size === undefined,
      '/units/size is needed with columns.length or columns.width',
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, fault]) => fault);
}

const sized = (columns: TrackMap['columns']): boolean =>
  columns.length !== undefined || columns.width !== undefined;
