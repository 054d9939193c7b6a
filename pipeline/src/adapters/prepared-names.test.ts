import { describe, expect, it } from 'vitest';
import { isStale, preparedNames } from './prepared-names.ts';

describe('the names of prepared statements', () => {
  it('are given to what is asked again and again, and stay', () => {
    const { nameOf } = preparedNames({ seldom: 2 });
    expect([nameOf('SELECT $1'), nameOf('SELECT $1')]).toEqual([undefined, undefined]);
    const name = nameOf('SELECT $1');
    expect(name).toBeDefined();
    expect(nameOf('SELECT $1')).toBe(name);
  });

  it('are never the same for two statements', () => {
    const { nameOf } = preparedNames({ seldom: 0 });
    const texts = ['SELECT $1', 'SELECT $2', 'SELECT $3'];
    for (const text of texts) nameOf(text);
    expect(new Set(texts.map(nameOf)).size).toBe(3);
  });

  it('are bounded: what makes a text for each question is never prepared', () => {
    const { nameOf } = preparedNames({ seldom: 1, most: 2 });
    const texts = Array.from({ length: 5 }, (_, i) => `SELECT $1 + ${i}`);
    for (const text of texts) nameOf(text);
    expect(texts.map(nameOf).filter((name) => name !== undefined)).toHaveLength(2);
  });

  it('are stale where the server says that the plan or the name is no good', () => {
    const failed = (code: string) => Object.assign(new Error('failed'), { code });
    expect([failed('0A000'), failed('26000'), failed('23505'), new Error('lost')].map(isStale)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
