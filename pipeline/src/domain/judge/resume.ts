import type { Shadow, SiteState } from './site-state.ts';

/**
 * Where a reader with a fresh state must begin to come to the same state: at or before every passage still open, every
 * device's last message (what is late is told from it), and outside every shadow.
 */
export function resumePoint(states: Iterable<SiteState>, nextOffset: number): number {
  let point = nextOffset;
  let shadows: readonly Shadow[] = [];
  for (const state of states) {
    point = Math.min(point, neededFrom(state));
    if (state.shadows.length > 0) shadows = [...shadows, ...state.shadows];
  }
  return outOfShadows(shadows, point);
}

/** Stepping out of one shadow may lead into another. */
function outOfShadows(shadows: readonly Shadow[], point: number): number {
  const shadow = shadows.find(({ after, upTo }) => after < point && point <= upTo);
  return shadow ? outOfShadows(shadows, shadow.after) : point;
}

function neededFrom(state: SiteState): number {
  let from = state.lastOffset;
  for (const passage of state.open.values()) from = Math.min(from, passage.resumeFrom);
  for (const { passage } of state.ended) from = Math.min(from, passage.resumeFrom);
  return from;
}
