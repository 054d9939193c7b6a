import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPin, normalised, pinOf, referenceOf } from './pin.ts';

const KEY = 'key-of-the-house';

describe('references and PINs', () => {
  it('are the same for the same letter, and others for another case, account or house', () => {
    const reference = referenceOf(KEY, 'case-1', 'road:plate_a');
    expect(referenceOf(KEY, 'case-1', 'road:plate_a')).toBe(reference);
    expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const others = [
      referenceOf(KEY, 'case-2', 'road:plate_a'),
      referenceOf(KEY, 'case-1', 'road:plate_b'),
      referenceOf(KEY, null, 'road:plate_a'),
      referenceOf('another', 'case-1', 'road:plate_a'),
    ];
    expect(new Set([...others, reference]).size).toBe(5);
  });

  it('are taken as people type them: small letters, gaps, and the letters that look like digits', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const pin = pinOf(KEY, name);
        const typed = pin.toLowerCase().replace('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
        return isPin(KEY, name, typed) && normalised(pin) === pin;
      }),
    );
  });

  it('open nothing with another PIN', () => {
    const pin = pinOf(KEY, 'AAAA-BBBB-CCCC');
    expect(
      isPin(
        KEY,
        'AAAA-BBBB-CCCC',
        pin.replace(/.$/, (last) => (last === '2' ? '3' : '2')),
      ),
    ).toBe(false);
    expect(isPin(KEY, 'AAAA-BBBB-CCCD', pin)).toBe(false);
    expect(isPin(KEY, 'AAAA-BBBB-CCCC', '')).toBe(false);
  });
});
