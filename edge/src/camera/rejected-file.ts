/**
 * Lines that could not be read, kept for whoever mends the tracker: number, reason and the shape of what stood there.
 * Texts are left out, because any of them may be a plate (ARCHITECTURE, promise 9).
 */
import { appendFile, stat } from 'node:fs/promises';

export interface RejectedLine {
  readonly line: number;
  readonly reason: string;
  /** The parsed JSON, where it was JSON. */
  readonly value?: unknown;
}

export interface RejectedFile {
  readonly count: number;
  write(rejected: RejectedLine): Promise<void>;
}

/** @param maxBytes once the file is so large, lines are counted only */
export async function openRejectedFile(path: string, maxBytes: number): Promise<RejectedFile> {
  let bytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  let count = 0;
  return {
    get count() {
      return count;
    },
    async write({ line, reason, value }) {
      count++;
      if (bytes >= maxBytes) return;
      const text = `${JSON.stringify({ line, reason, shape: shapeOf(value) })}\n`;
      bytes += Buffer.byteLength(text);
      await appendFile(path, text, { mode: 0o600 });
    },
  };
}

const MOST_MEMBERS = 20;
const MOST_DEPTH = 4;
const HARMLESS_TEXTS = new Set(['kind', 'track']);

/** Numbers, flags and names of fields stay; of texts the length; of long lists the beginning. */
export function shapeOf(value: unknown, name = '', depth = 0): unknown {
  if (typeof value === 'string')
    return HARMLESS_TEXTS.has(name) ? value.slice(0, 40) : `text of ${value.length}`;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MOST_DEPTH) return '…';
  if (Array.isArray(value))
    return value.slice(0, MOST_MEMBERS).map((member) => shapeOf(member, '', depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_MEMBERS)
      .map(([key, member]) => [key.slice(0, 40), shapeOf(member, key, depth + 1)]),
  );
}
