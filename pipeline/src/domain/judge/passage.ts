/**
 * A passage: the maximal run of one vehicle track's samples in the attention area of a site, and how it ends.
 *
 *              sample in the area                     no sample for GAP_MS, or a sample outside the area,
 *   (none) ───────────────────────────▶ open ──────────────────────────────────────────────▶ ended ──▶ judged
 *                                        │  ▲                        or a cut                      tail has passed
 *                                        └──┘ sample in the area
 *
 * A vehicle that stands is cut at boundaries aligned to event time, so that hours of standing are many short passages:
 * nothing then depends on when anybody began to look, and neither memory nor the resume offset is held back.
 */
export const GAP_MS = 1_500;
export const CUT_EVERY_MS = 30_000;
/** A vehicle is cut at a boundary if it did not move in this time before it. */
export const STOOD_MS = 15_000;
export const HARD_CUT_EVERY_MS = 300_000;
/** A passage this old is cut at a hard boundary even if it moves; younger ones (nearly all) are left whole. */
export const HARD_CUT_AGE_MS = 60_000;

export interface Passage {
  readonly track: string;
  readonly startMs: number;
  lastMs: number;
  /** Offset of the message from which a reader with a fresh state finds this very passage. */
  readonly resumeFrom: number;
  /** Observations of the site counted before the message it began in. */
  readonly countedBefore: number;
}

/** left: the area · silent: no more samples · cut: at a boundary · closed: the stream ended, or was cut off, under it. */
export type PassageEnd = 'left' | 'silent' | 'cut' | 'closed';

export interface EndedPassage {
  readonly passage: Passage;
  readonly end: PassageEnd;
}

/** The last boundary in (fromMs, toMs], or undefined. */
export function boundaryBetween(fromMs: number, toMs: number): number | undefined {
  const boundary = toMs - (toMs % CUT_EVERY_MS);
  return boundary > fromMs ? boundary : undefined;
}

/** How long a passage must have been seen before a boundary for a cut there to be asked about; undefined: not old enough. */
export function cutKind(passage: Passage, boundaryMs: number): 'hard' | 'if-stood' | undefined {
  const ageMs = boundaryMs - passage.startMs;
  if (boundaryMs % HARD_CUT_EVERY_MS === 0 && ageMs >= HARD_CUT_AGE_MS) return 'hard';
  return ageMs >= STOOD_MS ? 'if-stood' : undefined;
}
