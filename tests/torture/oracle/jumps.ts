import type { Player } from './cast.ts';
import { jumpMs } from './clock.ts';
import { stepOf } from './script.ts';

/** How many of the facts up to this sequence a device dated by a clock that was set wrong. */
export function jumpsUpTo(player: Player, last: number): number {
  let jumps = 0;
  for (let sequence = 1; sequence <= last; sequence++) {
    const step = stepOf(player, sequence);
    const fact =
      step.kind === 'report'
        ? step.report
        : step.kind === 'observations' && step.second === 0
          ? step.scene
          : undefined;
    if (fact !== undefined && jumpMs(player.seed, player.device, fact) !== 0) jumps++;
  }
  return jumps;
}
