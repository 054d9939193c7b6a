/**
 * How JavaScript values cross into Postgres and back, the same for the embedded and the native server: both drivers
 * have habits of their own (dates in local time, bigints as text, bytea byte by byte), and none of them is used.
 */
import { readArray, writeArray } from './postgres-arrays.ts';

export type Reader = (text: string) => unknown;

const parseJson: Reader = (text) => JSON.parse(text) as unknown;
const asText: Reader = (text) => text;

/** By type oid (pg_type.dat); all others stay text. Calendar dates stay text too: they have no moment. */
const scalars: Readonly<Record<number, Reader>> = {
  16: (text) => text === 't',
  17: (text) => Buffer.from(text.slice(2), 'hex'),
  20: Number, // bigint: counts, offsets and epoch ms, all below 2^53
  21: Number,
  23: Number,
  26: Number,
  114: parseJson,
  700: Number,
  701: Number,
  1184: (text) => new Date(text),
  1700: Number, // numeric: what sum() and extract() make of the above
  3802: parseJson,
};

/** Array type oid → oid of its element. */
const elementOids: Readonly<Record<number, number>> = {
  199: 114,
  1000: 16,
  1001: 17,
  1003: 19,
  1005: 21,
  1007: 23,
  1009: 25,
  1015: 1043,
  1016: 20,
  1021: 700,
  1022: 701,
  1028: 26,
  1182: 1082,
  1185: 1184,
  1231: 1700,
  2951: 2950,
  3807: 3802,
};

export const readers: ReadonlyMap<number, Reader> = new Map([
  ...Object.entries(scalars).map(([oid, read]) => [Number(oid), read] as const),
  ...Object.entries(elementOids).map(([oid, element]) => [Number(oid), arrayReader(element)] as const),
]);

function arrayReader(elementOid: number): Reader {
  const read = scalars[elementOid] ?? asText;
  return (text) => readArray(text, read);
}

export const readerOf = (oid: number): Reader => readers.get(oid) ?? asText;

/**
 * A parameter in Postgres' text form. A JavaScript array becomes a Postgres array (for a JSON array, hand in its JSON
 * text); any other object becomes JSON.
 */
export function encodeParam(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return encodeObject(value);
    default:
      throw new TypeError(`a ${typeof value} cannot be a parameter of a query`);
  }
}

function encodeObject(value: object): string {
  if (Array.isArray(value)) return writeArray(value, encodeParam);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return encodeBytes(value);
  return JSON.stringify(value);
}

const encodeBytes = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  `\\x${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}`;
