/** Numbers as a letter would write them. */
export const seconds = (value: number): string => `${value.toFixed(1)} s`;
export const metres = (value: number): string => `${value.toFixed(1)} m`;
export const kmh = (mps: number): string => `${(mps * 3.6).toFixed(mps < 5 ? 1 : 0)} km/h`;
/** To the tenth, for what is taken off and what is left. */
export const exactKmh = (mps: number): string => `${(mps * 3.6).toFixed(1)} km/h`;
export const mps2 = (value: number): string => `${value.toFixed(1)} m/s²`;

/** For what is kept: more digits than the positions can bear would be false. */
export const rounded = (value: number): number => {
  const at = Math.round(value * 100) / 100;
  return at === 0 ? 0 : at;
};
