import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.ts';

describe('normalise', () => {
  it.each([
    ['ab12 cde', 'AB12CDE'],
    ['京A·12345', '京A12345'],
    ['B-MW 1234', 'BMW1234'],
    ['Ａ１２３', 'A123'],
    ['e.123–456', 'E123456'],
    [' - ', ''],
    ['ῢ', 'Ϋ̀'],
  ])('makes %j to %j', (text, normal) => {
    expect(normalise(text)).toBe(normal);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => normalise(normalise(text)) === normalise(text)),
    );
  });
});
