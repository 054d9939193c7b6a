/**
 * The paths of an encounter as they are kept, for a busy street has more of them than of anything else: a protocol buffer whose
 * columns are differences from sample to sample, mostly a byte each. That is less than deflated JSON took, in a quarter of the
 * processor time; what was kept as that before can still be read.
 */
import { inflateRawSync } from 'node:zlib';
import type { TrackSegment } from '@wayside/contracts/verdict';
import Pbf from 'pbf';

/** Block type 3 is reserved (RFC 1951, 3.2.3): nothing deflated begins with this. */
const MARK = 0x07;

const FIELD = { segment: 1, track: 1, kind: 2, startMs: 3, lengthCm: 9, widthCm: 10 } as const;
/** Fields that are columns. */
const COLUMNS = { dtMs: 4, xCm: 5, yCm: 6, headingMrad: 7, speedCmps: 8 } as const;
type Column = keyof typeof COLUMNS;
const COLUMN_OF = new Map(Object.entries(COLUMNS).map(([name, field]) => [field as number, name as Column]));

export function packTracks(tracks: readonly TrackSegment[]): Buffer {
  const pbf = new Pbf();
  for (const track of tracks) pbf.writeMessage(FIELD.segment, writeSegment, track);
  return Buffer.concat([Buffer.of(MARK), pbf.finish()]);
}

/** @throws where the bytes are not what packTracks made */
export function unpackTracks(packed: Uint8Array): readonly TrackSegment[] {
  if (packed[0] !== MARK) return JSON.parse(inflateRawSync(packed).toString()) as TrackSegment[];
  const segments: TrackSegment[] = [];
  return new Pbf(packed.subarray(1)).readFields((field, read, pbf) => {
    if (field === FIELD.segment) read.push(pbf.readMessage(readField, emptySegment()));
  }, segments);
}

type Segment = { -readonly [K in keyof TrackSegment]: TrackSegment[K] };

const emptySegment = (): Segment => ({ track: '', kind: 'car', startMs: 0, dtMs: [], xCm: [], yCm: [] });

function writeSegment(segment: TrackSegment, pbf: Pbf): void {
  pbf.writeStringField(FIELD.track, segment.track);
  pbf.writeStringField(FIELD.kind, segment.kind);
  pbf.writeVarintField(FIELD.startMs, segment.startMs);
  for (const [field, name] of COLUMN_OF) {
    const column = segment[name];
    if (column && column.length > 0) writeColumn(pbf, field, column);
  }
  if (segment.lengthCm !== undefined) pbf.writeSVarintField(FIELD.lengthCm, segment.lengthCm);
  if (segment.widthCm !== undefined) pbf.writeSVarintField(FIELD.widthCm, segment.widthCm);
}

function readField(field: number, segment: Segment, pbf: Pbf): void {
  const column = COLUMN_OF.get(field);
  if (column) segment[column] = sums(pbf.readPackedSVarint());
  else if (field === FIELD.track) segment.track = pbf.readString();
  else if (field === FIELD.kind) segment.kind = pbf.readString() as TrackSegment['kind'];
  else if (field === FIELD.startMs) segment.startMs = pbf.readVarint();
  else if (field === FIELD.lengthCm) segment.lengthCm = pbf.readSVarint();
  else if (field === FIELD.widthCm) segment.widthCm = pbf.readSVarint();
}

/** Wire type of what says its length first. */
const BYTES = 2;
/** Zigzag numbers up to here are done in 32 bits: no path of a camera has larger steps. */
const MOST = 0x0fff_ffff;

/** The same bytes as a packed column of pbf's, which puts every number in by a call of its own and then moves all of them. */
function writeColumn(pbf: Pbf, field: number, column: readonly number[]): void {
  const bytes = bytesOf(column);
  if (bytes === undefined) {
    pbf.writePackedSVarint(field, differences(column));
    return;
  }
  pbf.writeTag(field, BYTES);
  pbf.writeVarint(bytes);
  pbf.realloc(bytes);
  const { buf } = pbf;
  let { pos } = pbf;
  let before = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    let rest = zigzag(value - before);
    before = value;
    for (; rest > 0x7f; rest >>>= 7) buf[pos++] = (rest & 0x7f) | 0x80;
    buf[pos++] = rest;
  }
  pbf.pos = pos;
}

/** Small whatever the sign. */
const zigzag = (step: number): number => (step < 0 ? -2 * step - 1 : 2 * step);

/** @returns undefined where a step is larger than MOST. */
function bytesOf(column: readonly number[]): number | undefined {
  let bytes = 0;
  let before = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    const step = zigzag(value - before);
    before = value;
    if (step > MOST) return undefined;
    bytes += step < 0x80 ? 1 : step < 0x4000 ? 2 : step < 0x20_0000 ? 3 : 4;
  }
  return bytes;
}

const differences = (column: readonly number[]): number[] =>
  column.map((value, i) => value - (column[i - 1] ?? 0));

function sums(steps: readonly number[]): number[] {
  let sum = 0;
  return steps.map((step) => (sum += step));
}
