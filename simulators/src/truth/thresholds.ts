/**
 * Where the law gives no number, the truth takes these: the ones the shipped law profiles have. Every encounter is written
 * with its measures, so that others can be applied later.
 */
export const COMFORTABLE_DECELERATION_MPS2 = 3;
export const REACTION_SECONDS = 1;
/** A vehicle that went first interfered with who came less than this after it, or had to stop for it. */
export const INTERFERING_PET_SECONDS = 3;
export const INTERFERING_HELD_SECONDS = 0.5;
export const STANDING_MPS = 0.25;
export const STANDING_ON_CROSSWALK_SECONDS = 5;
/** Slower than this, a vehicle before the crosswalk is giving way. */
export const GIVING_WAY_MPS = 1.5;
