/**
 * From which message each site must still be read, kept so that the least is at hand: with ten thousand sites it would
 * cost more to look for it after each batch than to judge the batch.
 */
import type { Shadow } from './shadow.ts';

/** A site, or the signals of one. */
interface Needing {
  readonly shadows: readonly Shadow[];
}

interface Need {
  readonly site: Needing;
  readonly from: number;
}

export interface Needs {
  /** The need that holds of each site. */
  readonly current: Map<Needing, Need>;
  /** A binary heap, the least `from` first, of those and of some that hold no more. */
  heap: Need[];
  /** Sites that cast shadows, see `shadow.ts`. */
  readonly shadowed: Set<Needing>;
}

export const noNeeds = (): Needs => ({ current: new Map(), heap: [], shadowed: new Set() });

/** To be told of a site after each of its messages. */
export function note(needs: Needs, site: Needing, from: number): void {
  if (site.shadows.length > 0) needs.shadowed.add(site);
  if (needs.current.get(site)?.from === from) return;
  const need = { site, from };
  needs.current.set(site, need);
  push(needs.heap, need);
  if (needs.heap.length > 2 * needs.current.size + 64) sweep(needs);
}

export function forgetNeeds(needs: Needs, site: Needing): void {
  needs.current.delete(site);
  needs.shadowed.delete(site);
}

/** @returns Infinity where nothing is needed. */
export function leastNeeded({ heap, current }: Needs): number {
  for (let top = heap[0]; top; top = heap[0]) {
    if (current.get(top.site) === top) return top.from;
    pop(heap);
  }
  return Infinity;
}

/** A sorted array is a heap. */
function sweep(needs: Needs): void {
  needs.heap = [...needs.current.values()].sort((a, b) => a.from - b.from);
}

const fromAt = (heap: readonly Need[], i: number): number => (heap[i] as Need).from;

function push(heap: Need[], need: Need): void {
  let i = heap.length;
  heap.push(need);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    if (fromAt(heap, parent) <= need.from) break;
    heap[i] = heap[parent] as Need;
    i = parent;
  }
  heap[i] = need;
}

function pop(heap: Need[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let i = 0;
  for (let child = 1; child < heap.length; child = 2 * i + 1) {
    if (child + 1 < heap.length && fromAt(heap, child + 1) < fromAt(heap, child)) child++;
    if (last.from <= fromAt(heap, child)) break;
    heap[i] = heap[child] as Need;
    i = child;
  }
  heap[i] = last;
}
