/** What no law names and every profile shares: sizes of bodies, and how the measuring itself is done. */

/** A standing adult's half width with clothes; a pedestrian is a disc of this radius. Metres. */
export const BODY_RADIUS_METRES = 0.3;

/** A pedestrian this near to the crosswalk is of the encounter (Autoware's attention range: 2.0 m before and after). */
export const ATTENTION_RANGE_METRES = 2;

/** A vehicle that has moved less than this over its passage was standing all the time; a tracker's jitter is less. */
export const MOVED_METRES = 1;

/** Min speed is looked for in this time before the conflict area (as the labels of the DUT set do). */
export const APPROACH_SECONDS = 3;

/** Width of a lane where a site has none: the usual urban lane of 3.5 m (JTG B01, CJJ 37). */
export const DEFAULT_LANE_METRES = 3.5;

/** How sure "firmly" is: two standard deviations, 95 %. */
export const FIRM_SIGMAS = 2;

/** Whoever walks into a place within this time is about to enter it. Seconds. */
export const ABOUT_TO_SECONDS = 1;

/** A driver who gives way stops at least this far short of the pedestrian's way (Autoware's stop margin). */
export const STOP_SHORT_METRES = 0.5;

/** Less of the approach than this tells nothing about how a driver came. Seconds. */
export const MINIMUM_APPROACH_SECONDS = 1;
