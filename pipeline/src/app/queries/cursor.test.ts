import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameCursor, pageOf, parseNameCursor, parseTimeCursor, timeCursor } from './cursor.ts';

describe('cursors', () => {
  it('come back as the key they were made of', () => {
    const keys = fc.record({
      micros: fc.integer({ min: Date.UTC(1900) * 1000, max: Date.UTC(2200) * 1000 - 1 }),
      id: fc.uuid(),
    });
    fc.assert(
      fc.property(keys, (key) => {
        expect(parseTimeCursor(timeCursor(key))).toEqual(key);
      }),
    );
    expect(parseNameCursor(nameCursor('site-1'))).toBe('site-1');
  });

  it('are refused where they are not ours', () => {
    const strange = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64url'));
    fc.assert(fc.property(strange, (cursor) => parseTimeCursor(cursor) === undefined));
    expect(parseTimeCursor(nameCursor('site-1'))).toBeUndefined();
    expect(parseNameCursor(nameCursor('Site 1'))).toBeUndefined();
    const beyond = { micros: 9e15, id: '00000000-0000-1000-8000-000000000000' };
    expect(parseTimeCursor(timeCursor(beyond))).toBeUndefined();
  });
});

describe('a page', () => {
  const of = { item: (row: number) => row * 10, cursor: (row: number) => `after ${row}` };

  it('names the next one where a row more than the limit was found', () => {
    expect(pageOf([1, 2, 3], 2, of)).toEqual({ items: [10, 20], next: 'after 2' });
  });

  it('is the last one where there is none', () => {
    expect(pageOf([1, 2], 2, of)).toEqual({ items: [10, 20], next: null });
    expect(pageOf([], 2, of)).toEqual({ items: [], next: null });
  });
});
