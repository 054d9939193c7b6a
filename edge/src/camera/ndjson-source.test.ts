import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { benchTop } from '../testing/bench-top.ts';
import { sampleSite } from '../testing/samples.ts';
import type { Frame } from './frame-source.ts';
import { linesOf, type Line } from './lines.ts';
import { ndjsonSource } from './ndjson-source.ts';
import { openRejectedFile, type RejectedLine } from './rejected-file.ts';

const top = benchTop();
afterEach(() => top.clear());

const never = new AbortController().signal;
const good = (timeMs: number) =>
  JSON.stringify({
    timeMs,
    objects: [{ track: '1', kind: 'car', xMetres: 1, yMetres: 2, plateText: 'AB12' }],
  });

async function read(input: Readable): Promise<{ frames: Frame[]; rejected: RejectedLine[] }> {
  const frames: Frame[] = [];
  const rejected: RejectedLine[] = [];
  const onRejected = (line: RejectedLine) => Promise.resolve(void rejected.push(line));
  const source = ndjsonSource({ site: sampleSite, input, onRejected });
  for await (const frame of source.frames(never)) frames.push(frame);
  return { frames, rejected };
}
const bytes = (text: string) => Readable.from([Buffer.from(text)]);

describe('frames as lines of JSON', () => {
  it('are read, the last without a newline and empty lines passed over', async () => {
    const { frames, rejected } = await read(bytes(`${good(1)}\r\n\n${good(2)}`));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([1, 2]);
    expect(frames[0]).toEqual(JSON.parse(good(1)));
    expect(rejected).toEqual([]);
  });

  it('that are none are rejected with number and reason, and the rest goes on', async () => {
    const lines = [
      good(1),
      '{"timeMs":2,"objects":[{"plateText":"AB12',
      '{"timeMs":3,"objects":[{"track":"1","kind":"tank","xMetres":1,"yMetres":2}]}',
      '{"timeMs":4,"objects":[{"track":"1","kind":"car","x":1,"y":2}]}',
      '{"timeMs":-5,"objects":[]}',
      'x'.repeat(1024 * 1024 + 1),
      good(7),
    ];
    const { frames, rejected } = await read(bytes(lines.join('\n')));
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([1, 7]);
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'not JSON'],
      [3, expect.stringContaining('/objects/0/kind')],
      [4, expect.stringContaining('/objects/0')],
      [5, expect.stringContaining('/timeMs')],
      [6, expect.stringContaining('longer than')],
    ]);
  });

  it('end where the signal aborts', async () => {
    const stop = new AbortController();
    const input = new Readable({ read: () => undefined });
    input.push(`${good(1)}\n`);
    const source = ndjsonSource({ site: sampleSite, input, onRejected: () => Promise.resolve() });
    const frames = source.frames(stop.signal)[Symbol.asyncIterator]();
    expect((await frames.next()).done).toBe(false);
    const next = frames.next();
    stop.abort();
    await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('lines', () => {
  const all = async (chunks: Buffer[], maxBytes: number): Promise<Line[]> => {
    const lines: Line[] = [];
    for await (const line of linesOf(Readable.from(chunks), maxBytes)) lines.push(line);
    return lines;
  };

  it('are the same in whatever pieces the bytes come', async () => {
    const texts = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\n', ' ')),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 7 }), async (lines, size) => {
        const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const chunks = [];
        for (let i = 0; i < whole.length; i += size) chunks.push(whole.subarray(i, i + size));
        expect(await all(chunks, 1000)).toEqual(
          lines.map((text, i) => ({ kind: 'line', number: i + 1, text })),
        );
      }),
    );
  });

  it('that are too long are named and not kept, however many pieces they come in', async () => {
    const chunks = ['ab', 'cdef', 'gh\nok\n'].map((text) => Buffer.from(text));
    expect(await all(chunks, 3)).toEqual([
      { kind: 'too-long', number: 1 },
      { kind: 'line', number: 2, text: 'ok' },
    ]);
  });
});

describe('the file of rejected lines', () => {
  it('keeps number, reason and shape, and no text that could be a plate', async () => {
    const path = join(await top.dir(), 'rejected.ndjson');
    const file = await openRejectedFile(path, 10_000);
    const value = {
      timeMs: 1,
      plate: 'AB12 CDE',
      objects: [{ track: '7', kind: 'tank', plateText: 'AB12 CDE' }],
    };
    await file.write({ line: 3, reason: '/objects/0/kind', value });
    await file.write({ line: 4, reason: 'not JSON' });
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain('AB12');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        line: 3,
        reason: '/objects/0/kind',
        shape: {
          timeMs: 1,
          plate: 'text of 8',
          objects: [{ track: '7', kind: 'tank', plateText: 'text of 8' }],
        },
      },
      { line: 4, reason: 'not JSON' },
    ]);
    expect(file.count).toBe(2);
  });

  it('stops to grow at its bound, what was there before counted, and goes on counting', async () => {
    const path = join(await top.dir(), 'rejected.ndjson');
    await writeFile(path, 'x'.repeat(90));
    const file = await openRejectedFile(path, 100);
    for (let line = 1; line <= 50; line++) await file.write({ line, reason: 'not JSON' });
    expect(file.count).toBe(50);
    expect((await readFile(path)).length).toBeLessThan(200);
  });
});
