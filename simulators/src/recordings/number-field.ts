/** @returns the number, or undefined where the text is empty, no number, not finite, or outside the bounds. */
export function numberField(text: string | undefined, minimum: number, maximum: number): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= minimum && value <= maximum ? value : undefined;
}

/** The bounds of the contract's columns (metres): ±1 km around the site's origin. */
export const POSITION_BOUND_METRES = 1000;
export const SPEED_BOUND_MPS = 100;

/** @returns the same direction within (−π, π]. */
export function normaliseAngle(radians: number): number {
  const turned = radians % (2 * Math.PI);
  if (turned > Math.PI) return turned - 2 * Math.PI;
  return turned <= -Math.PI ? turned + 2 * Math.PI : turned;
}
