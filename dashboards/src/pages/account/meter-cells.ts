/** The points of an account as a row of cells, one a point, in the order in which they are used up. */
import type { AccountView } from '@wayside/contracts/http';

export type CellKind = 'posted' | 'held' | 'free' | 'unused';

type Balance = Pick<AccountView, 'counts' | 'initial' | 'limit' | 'held' | 'posted'>;

/** Counting down, what is left is what one has; counting up, what is left is only room. More than the limit is shown, too. */
export function meterCells({ counts, initial, limit, held, posted }: Balance): readonly CellKind[] {
  const size = Math.max(Math.abs(initial - limit), held + posted);
  const left = size - held - posted;
  const rest: CellKind = counts === 'down' ? 'free' : 'unused';
  const used = [...repeat('posted', posted), ...repeat('held', held)] as const;
  return counts === 'down' ? [...repeat(rest, left), ...used.toReversed()] : [...used, ...repeat(rest, left)];
}

const repeat = (kind: CellKind, count: number): readonly CellKind[] =>
  Array.from({ length: count }, () => kind);
