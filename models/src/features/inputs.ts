/** What an input of the network is: a value with a name, of a group that a reviewer can check in a picture. */
export const GROUPS = [
  'who went first',
  'pedestrian in the zone',
  'room to stop',
  'pedestrian held up',
  'vehicle speed',
  'standing on the crosswalk',
  'vehicle beside it',
  'other pedestrians',
  'quality of the tracks',
  'site and law',
  'motion',
] as const;
export type Group = (typeof GROUPS)[number];

export interface Input {
  readonly name: string;
  readonly group: Group;
  readonly value: number;
}

/** Farther off nothing matters. */
export const MOST_METRES = 30;

export const capped = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

export const of =
  (group: Group) =>
  (name: string, value: number): Input => ({ name, group, value: Number.isFinite(value) ? value : 0 });

/** Spreads what is close to zero, where it decides. */
export const softly = (value: number): number => Math.tanh(value / 0.4);
