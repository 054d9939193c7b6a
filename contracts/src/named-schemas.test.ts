import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { nameSchemas } from './named-schemas.ts';

const Inner = Type.Object({ at: Type.Tuple([Type.Number(), Type.Number()]) }, { $id: 'inner' });
const Outer = Type.Object({ one: Inner, many: Type.Array(Inner) }, { $id: 'outer' });

describe('named schemas', () => {
  it('stand once under their name and are pointed at wherever they stood', () => {
    const { value, schemas } = nameSchemas({ body: Outer }, '#/$defs/', 'draft-07');
    expect(value).toEqual({ body: { $ref: '#/$defs/outer' } });
    expect(Object.keys(schemas)).toEqual(['inner', 'outer']);
    expect(schemas.outer).toMatchObject({
      properties: { one: { $ref: '#/$defs/inner' }, many: { items: { $ref: '#/$defs/inner' } } },
    });
  });

  it('write tuples as the dialect does', () => {
    const numbers = [{ type: 'number' }, { type: 'number' }];
    const tuple = (dialect: 'draft-07' | '2020-12') => nameSchemas(Inner, '#/', dialect).schemas.inner;
    expect(tuple('draft-07')).toMatchObject({
      properties: { at: { items: numbers, additionalItems: false } },
    });
    expect(tuple('2020-12')).toMatchObject({ properties: { at: { prefixItems: numbers, items: false } } });
    expect(JSON.stringify(tuple('2020-12'))).not.toContain('additionalItems');
  });

  it('leave what was given as it was', () => {
    nameSchemas(Outer, '#/', '2020-12');
    expect(Outer).toHaveProperty('$id', 'outer');
  });
});
