import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFault } from './text-fault.ts';

/** UTF-16 code units, the awkward ones often. */
const unit = fc.oneof(fc.constantFrom(0, 0xd83d, 0xde00, 0x5c), fc.integer({ min: 0, max: 0xffff }));
const faultOf = (json: string) => textFault(json, JSON.parse(json));

describe('text of a message', () => {
  it('must not hold U+0000, and the fault says where', () => {
    expect(faultOf('{"data":{"from":"A\\u0000"}}')).toBe('/data/from holds U+0000 or half a surrogate pair');
  });

  it('must not hold half a surrogate pair', () => {
    expect(faultOf('["\\ud83d"]')).toMatch(/^\/0 holds/);
    expect(faultOf('"\\uDE00\\uD83D"')).toMatch(/half a surrogate pair/);
  });

  it('must not hold them in a name, which the fault does not repeat', () => {
    expect(faultOf('{"data":{"\\u0000":1}}')).toBe('a name in /data holds U+0000 or half a surrogate pair');
  });

  it('may hold whole pairs, escaped or not, and a backslash before anything', () => {
    for (const json of ['"\\ud83d\\ude00"', '"😀"', '"\\\\u0000"', '"\\\\ud83d"'])
      expect(faultOf(json)).toBeUndefined();
  });

  it('is at fault exactly where UTF-8 or Postgres could not keep it', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 6 }), (units) => {
        const text = String.fromCharCode(...units);
        const keeps = !text.includes('\0') && Buffer.from(text, 'utf8').toString('utf8') === text;
        expect(faultOf(JSON.stringify({ text })) === undefined).toBe(keeps);
      }),
    );
  });
});
