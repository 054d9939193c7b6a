import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArray, writeArray } from './postgres-arrays.ts';

const asText = (value: unknown) => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? value.toString() : null;
};

describe('the text form of arrays', () => {
  it('reads back every list of texts and nulls that it wrote', () => {
    const texts = fc.array(
      fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('NULL', '', '{}', '\\', '"', ','))),
    );
    fc.assert(
      fc.property(texts, (values) => {
        expect(readArray(writeArray(values, asText), String)).toEqual(values);
      }),
    );
  });

  it('reads what a server writes: words without quotation marks, null in capitals, dimensions', () => {
    expect(readArray('{1,NULL,3}', Number)).toEqual([1, null, 3]);
    expect(readArray('{{1,2},{3,4}}', Number)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(readArray('[0:1]={7,8}', Number)).toEqual([7, 8]);
    expect(readArray('{}', String)).toEqual([]);
  });

  it('refuses a text that ends inside a quotation', () => {
    expect(() => readArray('{"a', String)).toThrow(SyntaxError);
  });
});
