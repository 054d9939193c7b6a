/**
 * The CQUT-PVI recordings (Zhang et al., IEEE T-ITS 2024): right-turning vehicles and pedestrians, two crosswalks. The label
 * is derived: the vehicle did not give way where the pedestrian waited longer. The waiting columns make the label and
 * nothing else; they are dropped right here, so that no model can see them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sample {
  readonly pedestrian: {
    readonly x: number;
    readonly y: number;
    readonly mps: number;
    readonly mps2: number;
  };
  readonly vehicle: { readonly x: number; readonly y: number; readonly mps: number; readonly mps2: number };
  readonly distanceMetres: number;
  /** As the authors computed it from the motion at this moment; 19 stands for none. */
  readonly petSeconds: number;
}

export interface Interaction {
  readonly file: string;
  readonly event: number;
  /** The first second only, whatever else the recording holds. */
  readonly samples: readonly Sample[];
  /** Whether the vehicle did not give way; undefined where both waited alike. */
  readonly positive: boolean | undefined;
}

export interface Interactions {
  readonly interactions: readonly Interaction[];
  readonly rejectedLines: number;
}

const COLUMNS = 13;
/** The first second at some five samples a second. */
const FIRST_SAMPLES = 5;

export function readInteractions(folder: string): Interactions {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort();
  const read = files.map((name) =>
    readFile(name.replace('.txt', ''), readFileSync(join(folder, name), 'utf8')),
  );
  return {
    interactions: read.flatMap(({ interactions }) => interactions),
    rejectedLines: read.reduce((sum, { rejectedLines }) => sum + rejectedLines, 0),
  };
}

function readFile(file: string, text: string): Interactions {
  const rows = new Map<number, number[][]>();
  let rejectedLines = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const values = line.split('\t').slice(0, COLUMNS).map(numberOf);
    const [event] = values;
    if (event === undefined || values.length < COLUMNS || values.some(Number.isNaN)) rejectedLines++;
    else rows.set(event, [...(rows.get(event) ?? []), values]);
  }
  const interactions = [...rows].map(([event, all]): Interaction => ({
    file,
    event,
    samples: all.slice(0, FIRST_SAMPLES).map(sampleOf),
    positive: labelOf(all),
  }));
  return { interactions, rejectedLines };
}

const numberOf = (cell: string): number => (cell.trim() === '' ? Number.NaN : Number(cell));

function sampleOf(row: readonly number[]): Sample {
  const mover = (from: number): Sample['vehicle'] => {
    const [x, y, mps, mps2] = row.slice(from, from + 4) as [number, number, number, number];
    return { x, y, mps, mps2 };
  };
  return {
    pedestrian: mover(1),
    vehicle: mover(6),
    distanceMetres: row[11] as number,
    petSeconds: row[12] as number,
  };
}

function labelOf(rows: readonly (readonly number[])[]): boolean | undefined {
  const longest = (column: number): number => Math.max(...rows.map((row) => row[column] as number));
  const [pedestrian, vehicle] = [longest(5), longest(10)];
  return pedestrian === vehicle ? undefined : pedestrian > vehicle;
}
