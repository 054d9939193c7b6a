/**
 * Offsets in (after, upTo] at which a fresh reader must not begin: it would take for good a message that was late
 * because of one it did not read. It begins at `after` instead.
 */
export interface Shadow {
  readonly after: number;
  readonly upTo: number;
}

const MAX_SHADOWS = 16;

/** Late messages are rare; where a device sends many, the oldest shadows melt into one, which only reads more again. */
export function castShadow(state: { shadows: Shadow[] }, shadow: Shadow): void {
  state.shadows.push(shadow);
  if (state.shadows.length <= MAX_SHADOWS) return;
  const [first, second, ...rest] = state.shadows as [Shadow, Shadow, ...Shadow[]];
  const melted = { after: Math.min(first.after, second.after), upTo: Math.max(first.upTo, second.upTo) };
  state.shadows = [melted, ...rest];
}
