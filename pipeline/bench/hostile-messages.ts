/** What a broken or hostile device may send. Each has exactly one answer, named beside it. */
import { topicOf, type Channel } from '@wayside/contracts/topics';
import type { RejectReason } from '../src/app/intake/check.ts';
import { birth, observations, report, testSite } from '../src/testing/messages.ts';

export type Random = () => number;

/** Seeded, so that a run can be repeated (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface HostilePublish {
  readonly kind: 'publish';
  readonly reason: RejectReason;
  readonly topic: string;
  readonly payload: Buffer;
}

/** Bytes after which the connection ends. */
export interface HostileBytes {
  readonly kind: 'bytes';
  readonly reason: RejectReason;
  readonly bytes: Buffer;
}

export type Hostile = HostilePublish | HostileBytes;

interface Attempt {
  readonly device: string;
  readonly sequence: number;
  readonly random: Random;
}

type Tree = Record<string, unknown>;
type Make = (attempt: Attempt) => Hostile;

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;

const valid = ({ device, sequence }: Attempt, timeMs = Date.now()): Tree =>
  structuredClone(observations({ device, sequence, timeMs, objects: 3 }));

function publish(
  { device }: Attempt,
  reason: RejectReason,
  payload: unknown,
  channel: Channel = 'observations',
): HostilePublish {
  const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  return { kind: 'publish', reason, topic: topicOf(device, channel), payload: bytes };
}

/** A valid message in which one thing, found by its path, was replaced or (undefined) taken out. */
function spoilt(attempt: Attempt, path: string, value: unknown): Tree {
  const message = valid(attempt);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((node, key) => node[key] as Tree, message);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return message;
}

const nested = (depth: number): Buffer => Buffer.from('['.repeat(depth) + ']'.repeat(depth));

/** Metres for centimetres, km/h for cm/s, seconds for milliseconds, degrees for milliradians, floats for integers. */
const WRONG_UNITS: readonly (readonly [string, unknown])[] = [
  ['data.objects.0.xCm', [1.5, 2.5, 3.5, 4, 5, 6, 7, 8, 9, 10]],
  ['data.objects.0.xM', [1, 2, 3]],
  ['data.objects.0.speedKmh', [50]],
  ['data.objects.0.speedCmps', [99_999, 1, 1, 1, 1, 1, 1, 1, 1, 1]],
  ['data.objects.0.headingMrad', [90_000, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['data.frames.startMs', Date.now() / 1000 + 0.5],
  ['data.frames.startMs', new Date().toISOString()],
  ['data.objects.0.lengthCm', 4.5],
];

const WRONG_SHAPES: readonly (readonly [string, unknown])[] = [
  ['data.objects.0.xCm', undefined],
  ['data.objects.0.xCm', 'many'],
  ['data.objects.0.xCm', Array.from({ length: 5000 }, () => 1)],
  ['data.objects.0.xCm.3', 1e308],
  ['data.objects.0.xCm.3', null],
  ['data.objects.0.kind', 'unicorn'],
  ['data.objects.0.track', '../../etc/passwd'],
  ['data.objects', null],
  ['data.site.version', 'latest'],
  ['data.clock.state', true],
  ['sequence', -1],
  ['sequence', 2 ** 53],
  ['bootid', `x'; DROP TABLE log_message; --`],
  ['time', 'yesterday'],
  ['specversion', '2.0'],
  ['constructor', { prototype: { admin: true } }],
  ['data', []],
];

const WRONG_CONTENTS: readonly (readonly [string, unknown])[] = [
  ['id', 'somebody/else/1'],
  ['data.frames.dtMs.5', 0],
  ['data.objects.1.track', 't0-0'],
  ['data.objects.0.frame', [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
  ['data.objects.0.yCm', [1, 2, 3]],
  ['sequence', 0],
];

const publishes: readonly Make[] = [
  (attempt) => publish(attempt, 'not-json', Buffer.from('')),
  (attempt) =>
    publish(attempt, 'not-json', Buffer.from(`{"a":${'1'.repeat(Math.floor(attempt.random() * 2000))}`)),
  (attempt) => {
    const text = JSON.stringify(valid(attempt));
    return publish(
      attempt,
      'not-json',
      Buffer.from(text.slice(0, 1 + Math.floor(attempt.random() * (text.length - 1)))),
    );
  },
  (attempt) =>
    publish(
      attempt,
      'not-json',
      Buffer.concat([Buffer.from('"'), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"')]),
    ),
  (attempt) =>
    publish(
      attempt,
      'not-json',
      Buffer.from(Array.from({ length: 200 }, () => 128 + Math.floor(attempt.random() * 128))),
    ),
  (attempt) => publish(attempt, 'schema', pick(attempt.random, [null, true, 1e300, 'text', [], {}, [{}]])),
  (attempt) => publish(attempt, 'schema', nested(20_000)),
  (attempt) => publish(attempt, 'schema', spoilt(attempt, ...pick(attempt.random, WRONG_UNITS))),
  (attempt) => publish(attempt, 'schema', spoilt(attempt, ...pick(attempt.random, WRONG_UNITS))),
  (attempt) => publish(attempt, 'schema', spoilt(attempt, ...pick(attempt.random, WRONG_SHAPES))),
  (attempt) => publish(attempt, 'schema', spoilt(attempt, ...pick(attempt.random, WRONG_SHAPES))),
  (attempt) =>
    publish(
      attempt,
      'schema',
      Buffer.from(JSON.stringify(valid(attempt)).replace('{', '{"__proto__":{"admin":true},')),
    ),
  (attempt) => publish(attempt, 'schema', valid(attempt), 'reports'),
  (attempt) => publish(attempt, 'content', spoiltContent(attempt)),
  (attempt) => publish(attempt, 'content', withNote(attempt, '\\u0000'), 'reports'),
  (attempt) => publish(attempt, 'content', withNote(attempt, '\\udc00'), 'reports'),
  (attempt) =>
    publish(attempt, 'oversized', Buffer.alloc(262_145 + Math.floor(attempt.random() * 500_000), '[')),
  (attempt) => ({ ...publish(attempt, 'unknown-topic', {}), topic: pick(attempt.random, TOPICS) }),
  (attempt) => ({
    ...publish(attempt, 'not-your-topic', valid(attempt)),
    topic: topicOf('honest', 'observations'),
  }),
  (attempt) => publish(attempt, 'not-your-topic', valid({ ...attempt, device: 'honest' })),
  (attempt) => publish(attempt, 'clock-ahead', valid(attempt, Date.now() + 400 * 86_400_000)),
  (attempt) => publish(attempt, 'unknown-site', valid(attempt)),
  (attempt) =>
    publish(attempt, 'not-in-site', birth({ ...attempt, timeMs: Date.now(), site: testSite() }), 'status'),
];

const TOPICS = [
  'a',
  '$SYS/broker/new/clients',
  'wayside/v1/honest/secret',
  'wayside/v2/x/status',
  'x/'.repeat(90),
  'é'.repeat(500),
];

function spoiltContent(attempt: Attempt): Tree {
  const message = spoilt(attempt, ...pick(attempt.random, WRONG_CONTENTS));
  if (message['sequence'] === 0) message['id'] = `${attempt.device}/boot-1/0`;
  const data = message['data'] as { objects: Tree[] };
  if (data.objects[1]?.['track'] === 't0-0') data.objects[1] = { ...data.objects[0] };
  return message;
}

function withNote({ device, sequence }: Attempt, note: string): Buffer {
  const text = JSON.stringify(report({ device, sequence, timeMs: Date.now() }));
  return Buffer.from(text.replace('"simulated"', `"note":"${note}","simulated"`));
}

const bytes = (reason: RejectReason, ...parts: readonly (Buffer | readonly number[])[]): HostileBytes => ({
  kind: 'bytes',
  reason,
  bytes: Buffer.concat(parts.map((part) => Buffer.from(part))),
});

/** Packets of MQTT that are none. Bytes at random begin with a kind of packet no device sends. */
const breaks: readonly Make[] = [
  () => bytes('malformed-packet', [0x30, 0xff, 0xff, 0xff, 0xff, 0x7f]),
  () => bytes('malformed-packet', [0x32, 0x04, 0xff, 0xff, 0x61, 0x62]),
  () => bytes('malformed-packet', [0x36, 0x02, 0x00, 0x01]),
  ({ random }) =>
    bytes(
      'malformed-packet',
      [0x00, 0x05],
      Array.from({ length: 5 }, () => Math.floor(random() * 256)),
    ),
  () => bytes('malformed-packet', [0x82, 0x02, 0x00, 0x01]),
  () =>
    bytes('oversized', [0x32, 0x80, 0x80, 0x80, 0x02, 0x00, 0x03], Buffer.from('a/b'), Buffer.alloc(3000)),
  () => bytes('oversized', [0x32, 0xff, 0xff, 0xff, 0x7f]),
  ({ random }) =>
    bytes('truncated-packet', [0x32, 0xe8, 0x07, 0x00, 0x03], Buffer.alloc(Math.floor(random() * 900), 'x')),
  ({ random }) => bytes('truncated-packet', [0x32], random() < 0.5 ? [] : [0x80]),
];

/** One in twenty ends its connection. */
export function hostile(attempt: Attempt): Hostile {
  const makes = attempt.random() < 0.05 ? breaks : publishes;
  return pick(attempt.random, makes)(attempt);
}
