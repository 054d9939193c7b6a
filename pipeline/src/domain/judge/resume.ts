import { leastNeeded, type Needs } from './needs.ts';
import type { Shadow } from './shadow.ts';

/**
 * Where a reader with a fresh state must begin to come to the same state: at or before every passage still open, every
 * device's last message (what is late is told from it), and outside every shadow.
 */
export function resumePoint(needs: Needs, nextOffset: number): number {
  const shadows = [...needs.shadowed].flatMap((site) => site.shadows);
  return outOfShadows(shadows, Math.min(nextOffset, leastNeeded(needs)));
}

/** Stepping out of one shadow may lead into another. */
function outOfShadows(shadows: readonly Shadow[], point: number): number {
  const shadow = shadows.find(({ after, upTo }) => after < point && point <= upTo);
  return shadow ? outOfShadows(shadows, shadow.after) : point;
}
