/**
 * Reads SUMO's floating-car data as CSV, as `xml2csv.py` makes it of the XML and as SUMO from 1.21 on writes it itself:
 * fields parted by ";", columns named after element and attribute (`timestep_time`, `vehicle_x`, `person_id` …), a
 * line for each vehicle or person, and one for each timestep without any.
 */
import { readCsv } from '../recordings/csv-rows.ts';
import { noteUnknown, type FcdSink } from './fcd-sink.ts';
import type { Attributes } from './xml-elements.ts';

const KINDS = ['vehicle', 'person'] as const;
const NEEDED = ['timestep_time', 'vehicle_id', 'vehicle_x', 'vehicle_y', 'vehicle_angle', 'vehicle_speed'];

interface Column {
  readonly of: 'vehicle' | 'person';
  readonly name: string;
  readonly index: number;
}

/** @throws ReadingError where it cannot be read or its header does not fit. */
export async function readFcdCsv(file: string, sink: FcdSink, signal: AbortSignal): Promise<void> {
  let columns: readonly Column[] = [];
  let timeAt = -1;
  let time: string | undefined;
  await readCsv(
    file,
    ';',
    {
      header(names) {
        const missing = NEEDED.filter((name) => !names.includes(name));
        if (missing.length > 0)
          return `the header lacks ${missing.join(', ')} (SUMO parts its columns by ";"); it has ${names.join(';')}`;
        columns = columnsOf(names);
        timeAt = names.indexOf('timestep_time');
        for (const of of KINDS) noteUnknown(sink, of, namesOf(columns, of), 1);
        return undefined;
      },
      row({ line, fields }) {
        const now = fields[timeAt] ?? '';
        if (now !== time) sink.timestep(now, line);
        time = now;
        for (const of of KINDS) {
          const attributes = attributesOf(columns, of, fields);
          if (attributes['id'] !== undefined) sink.row(of, attributes, line);
        }
        return undefined;
      },
      rejected: sink.fault,
      text: () => undefined,
    },
    signal,
  );
  sink.endOfTimestep();
}

function columnsOf(header: readonly string[]): readonly Column[] {
  return header.flatMap((column, index) => {
    const of = KINDS.find((kind) => column.startsWith(`${kind}_`));
    return of === undefined ? [] : [{ of, name: column.slice(of.length + 1), index }];
  });
}

const namesOf = (columns: readonly Column[], of: Column['of']): readonly string[] =>
  columns.filter((column) => column.of === of).map(({ name }) => name);

function attributesOf(columns: readonly Column[], of: Column['of'], fields: readonly string[]): Attributes {
  const attributes: Record<string, string> = {};
  for (const column of columns) {
    const field = fields[column.index];
    if (column.of === of && field !== undefined && field !== '') attributes[column.name] = field;
  }
  return attributes;
}
