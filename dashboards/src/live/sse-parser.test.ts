import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseParser, type SseSignal } from './sse-parser.ts';

const STREAM =
  ': hello\nretry: 3000\n\nid: 7\nevent: hold\ndata: {"a":1}\n\ndata: two\ndata: lines\r\n\r\n:\n\nevent: unused\n\n';
const SIGNALS: readonly SseSignal[] = [
  { kind: 'comment' },
  { kind: 'retry', ms: 3000 },
  { kind: 'event', event: 'hold', data: '{"a":1}', id: '7' },
  { kind: 'event', event: 'message', data: 'two\nlines', id: '7' },
  { kind: 'comment' },
];

describe('the reader of server-sent events', () => {
  it('tells events, heartbeats and retry times apart and keeps the last id', () => {
    expect(createSseParser().push(STREAM)).toEqual(SIGNALS);
  });

  it('reads the same from whatever pieces the network makes of the stream', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: STREAM.length - 1 }), { maxLength: 12 }), (cuts) => {
        const parser = createSseParser();
        const edges = [0, ...[...new Set(cuts)].sort((a, b) => a - b), STREAM.length];
        const pieces = edges.slice(1).map((edge, i) => STREAM.slice(edges[i], edge));
        expect(pieces.flatMap((piece) => [...parser.push(piece)])).toEqual(SIGNALS);
      }),
    );
  });

  it('gives up on an event without end instead of growing', () => {
    const parser = createSseParser();
    const flood = () => {
      for (let i = 0; i < 100; i++) parser.push(`data: ${'x'.repeat(60_000)}\n`);
    };
    expect(flood).toThrow(RangeError);
  });
});
