/** Runs a player's clock with the display, in React. */
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useReducer } from 'react';
import { reducePlayer, startPlayer, type Player, type PlayerAction, type Reel } from './player.ts';

/** Plays by itself once, unless the reader wants less motion. */
export function usePlayer(reel: Reel): readonly [Player, (action: PlayerAction) => void] {
  const still = useReducedMotion();
  const [player, dispatch] = useReducer(
    (state: Player, action: PlayerAction) => reducePlayer(reel, state, action),
    startPlayer(reel, !still),
  );
  useEffect(() => {
    if (!player.playing) return;
    let before = performance.now();
    let frame = requestAnimationFrame(function next(now) {
      dispatch({ kind: 'tick', elapsedMs: Math.min(now - before, 250) });
      before = now;
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [player.playing]);
  return [player, dispatch];
}
