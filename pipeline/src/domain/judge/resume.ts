import type { Shadow, SiteState } from './site-state.ts';

/**
 * Where a reader with a fresh state must begin to come to the same state: at or before every passage still open, every
 * device's last message (what is late is told from it), and outside every shadow.
 */
export function resumePoint(states: Iterable<SiteState>, nextOffset: number): number {
  const all = [...states];
  let point = nextOffset;
  for (const state of all) point = Math.min(point, neededFrom(state));
  for (let before = Infinity; point < before;) {
    before = point;
    for (const { shadows } of all)
      for (const { after, upTo } of shadows) if (after < point && point <= upTo) point = after;
  }
  return point;
}

function neededFrom(state: SiteState): number {
  let from = state.lastOffset;
  for (const passage of state.open.values()) from = Math.min(from, passage.resumeFrom);
  for (const { passage } of state.ended) from = Math.min(from, passage.resumeFrom);
  return from;
}
