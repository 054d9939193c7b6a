import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meterCells } from './meter-cells.ts';

const count = (cells: readonly string[], kind: string) => cells.filter((cell) => cell === kind).length;

describe('the cells of an account', () => {
  it('show what is left first where points count down, and what is used first where they count up', () => {
    const down = meterCells({ counts: 'down', initial: 12, limit: 0, held: 3, posted: 3 });
    expect(down).toEqual([
      ...Array<string>(6).fill('free'),
      ...Array<string>(3).fill('held'),
      ...Array<string>(3).fill('posted'),
    ]);
    const up = meterCells({ counts: 'up', initial: 0, limit: 8, held: 1, posted: 2 });
    expect(up).toEqual(['posted', 'posted', 'held', ...Array<string>(5).fill('unused')]);
  });

  it('always have one cell a point, and hide none beyond the limit', () => {
    const amount = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(amount, amount, fc.constantFrom<'up' | 'down'>('up', 'down'), (held, posted, counts) => {
        const [initial, limit] = counts === 'down' ? [12, 0] : [0, 12];
        const cells = meterCells({ counts, initial, limit, held, posted });
        expect([count(cells, 'held'), count(cells, 'posted')]).toEqual([held, posted]);
        expect(cells.length).toBe(Math.max(12, held + posted));
      }),
    );
  });
});
