/** The playing of a recording, as a pure reducer over a clock that somebody else runs. */
export interface Player {
  readonly playing: boolean;
  readonly atMs: number;
  readonly speed: number;
}

export interface Reel {
  readonly startMs: number;
  readonly endMs: number;
  readonly frames: readonly number[];
}

export type PlayerAction =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'tick'; readonly elapsedMs: number }
  | { readonly kind: 'seek'; readonly atMs: number }
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'speed'; readonly speed: number };

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

export const startPlayer = (reel: Reel, playing: boolean): Player => ({
  playing,
  atMs: reel.startMs,
  speed: 1,
});

export function reducePlayer(reel: Reel, player: Player, action: PlayerAction): Player {
  switch (action.kind) {
    case 'toggle':
      return toggle(reel, player);
    case 'tick':
      return player.playing ? goTo(reel, player, player.atMs + action.elapsedMs * player.speed) : player;
    case 'seek':
      return { ...goTo(reel, player, action.atMs), playing: false };
    case 'step':
      return { ...player, playing: false, atMs: neighbour(reel, player.atMs, action.by) };
    case 'speed':
      return { ...player, speed: action.speed };
  }
}

/** Play at the end starts over. */
const toggle = (reel: Reel, player: Player): Player =>
  !player.playing && player.atMs >= reel.endMs
    ? { ...player, playing: true, atMs: reel.startMs }
    : { ...player, playing: !player.playing };

function goTo(reel: Reel, player: Player, atMs: number): Player {
  const bounded = Math.min(reel.endMs, Math.max(reel.startMs, atMs));
  return { ...player, atMs: bounded, playing: player.playing && bounded < reel.endMs };
}

/** @returns the next or previous picture of the recording. */
function neighbour({ frames, startMs, endMs }: Reel, atMs: number, by: 1 | -1): number {
  if (by > 0) return frames.find((frame) => frame > atMs) ?? endMs;
  return frames.findLast((frame) => frame < atMs) ?? startMs;
}
