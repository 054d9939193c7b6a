/**
 * Where the law gives no number, the truth takes these: the ones the shipped law profiles have. Every encounter is written
 * with its measures, so that others can be applied later.
 */
export const COMFORTABLE_DECELERATION_MPS2 = 3;
export const REACTION_SECONDS = 1;
/** A vehicle that went first interfered with who came less than this after it, or had to stop for it. */
export const INTERFERING_PET_SECONDS = 3;
/** Less than this after it: it clearly went ahead, however slowly. */
export const CLEARLY_AHEAD_PET_SECONDS = 1.5;
export const INTERFERING_HELD_SECONDS = 0.5;
export const STANDING_MPS = 0.25;
/** Shorter than this a pause is a hesitation, not the end of one walk and the beginning of another. */
export const PAUSE_SECONDS = 1;
export const STANDING_ON_CROSSWALK_SECONDS = 5;
/** Slower than this, a vehicle before the crosswalk is giving way. */
export const GIVING_WAY_MPS = 1.5;
/** Over so long before the conflict. */
export const SLOWING_SECONDS = 3;
