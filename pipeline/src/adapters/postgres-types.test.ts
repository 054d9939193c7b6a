import { describe, expect, it } from 'vitest';
import { encodeParam, readerOf } from './postgres-types.ts';

describe('parameters', () => {
  it.each([
    [undefined, null],
    [null, null],
    ['text', 'text'],
    [1.5, '1.5'],
    [12n, '12'],
    [true, 'true'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Uint8Array([0, 255]), '\\x00ff'],
    [{ a: [1] }, '{"a":[1]}'],
    [['a', null, 2, true], '{"a",NULL,"2","true"}'],
    [[{ a: '"' }], String.raw`{"{\"a\":\"\\\"\"}"}`],
  ])('encodes %o', (value, text) => expect(encodeParam(value)).toBe(text));

  it('encodes only the part of a buffer that a view shows', () => {
    expect(encodeParam(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toBe('\\x0203');
  });

  it('refuses what has no form in SQL', () => {
    expect(() => encodeParam(Symbol('x'))).toThrow(TypeError);
  });
});

describe('results', () => {
  it.each([
    [20, '9007199254740991', 9007199254740991],
    [1700, '12.5', 12.5],
    [16, 't', true],
    [17, '\\x00ff', Buffer.from([0, 255])],
    [1184, '2026-05-01 12:00:00.5+00', new Date('2026-05-01T12:00:00.500Z')],
    [1082, '2026-05-01', '2026-05-01'],
    [3802, '{"a": null}', { a: null }],
    [1016, '{1,NULL}', [1, null]],
    [25, 'text', 'text'],
  ])('reads type %i', (oid, text, value) => expect(readerOf(oid)(text)).toEqual(value));
});
