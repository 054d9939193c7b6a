/**
 * Reads a CSV file a line at a time. A stray quote spoils its own line only: track files have no fields that go over
 * several lines, so each line is parsed by itself.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse/sync';
import { ReadingError } from './reading-error.ts';
import { MAX_ROWS } from './recording.ts';

export interface CsvRow {
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvHandlers {
  /** @returns what is wrong with the header, or undefined. */
  readonly header: (names: readonly string[]) => string | undefined;
  /** @returns why the row is rejected, or undefined. */
  readonly row: (row: CsvRow) => string | undefined;
  readonly rejected: (line: number, reason: string) => void;
  /** Every line as read, for the recording's hash. */
  readonly text: (line: string) => void;
}

const MAX_LINE = 10_000;

/** @throws ReadingError where the file cannot be read or its header does not fit. */
export async function readCsv(
  file: string,
  delimiter: string,
  handlers: CsvHandlers,
  signal: AbortSignal,
): Promise<void> {
  const stream = createReadStream(file, { signal });
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  let number = 0;
  let width = 0;
  try {
    for await (const text of lines) {
      number++;
      handlers.text(text);
      if (number === 1) width = readHeader(file, text, delimiter, handlers);
      else if (text !== '') readRow({ number, text, delimiter, width }, handlers);
      if (number >= MAX_ROWS) {
        handlers.rejected(number + 1, `more than ${MAX_ROWS} rows: the rest is left out`);
        break;
      }
    }
  } catch (error) {
    if (error instanceof ReadingError || signal.aborted) throw error;
    throw new ReadingError('unreadable', `cannot read ${file}: ${(error as Error).message}`, error);
  } finally {
    lines.close();
    stream.destroy();
  }
  if (number === 0) throw new ReadingError('bad-header', `${file}:1: the file is empty`);
}

function readHeader(file: string, text: string, delimiter: string, handlers: CsvHandlers): number {
  const names = splitLine(text.replace(/^\uFEFF/, ''), delimiter);
  const fault = names === undefined ? 'the header has an open quote' : handlers.header(names);
  if (fault !== undefined || names === undefined)
    throw new ReadingError('bad-header', `${file}:1: ${fault ?? ''}`);
  return names.length;
}

interface Line {
  readonly number: number;
  readonly text: string;
  readonly delimiter: string;
  readonly width: number;
}

function readRow({ number, text, delimiter, width }: Line, handlers: CsvHandlers): void {
  const reason = rowFault();
  if (reason !== undefined) handlers.rejected(number, reason);

  function rowFault(): string | undefined {
    if (text.length > MAX_LINE) return `longer than ${MAX_LINE} characters`;
    const fields = splitLine(text, delimiter);
    if (fields === undefined) return 'has an open quote';
    if (fields.length !== width) return `has ${fields.length} fields where the header has ${width}`;
    return handlers.row({ line: number, fields });
  }
}

/** @returns the trimmed fields, or undefined where the quotes do not close. */
function splitLine(text: string, delimiter: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter).map((field) => field.trim());
  try {
    return parse(text, { delimiter, trim: true })[0];
  } catch {
    return undefined;
  }
}
