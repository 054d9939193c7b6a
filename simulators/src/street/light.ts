/**
 * What rain and the dark do to a street and to who looks at it: factors on what is drawn by day, where all are one. That
 * rain slows traffic is as measured (FHWA, "How Do Weather Events Impact Roads?": free flow 2 to 17 % slower); the
 * other sizes are ours.
 */
export const LIGHTS = ['day', 'rain', 'night'] as const;
export type Light = (typeof LIGHTS)[number];

export interface Conditions {
  /** Vehicles and people on foot who come. */
  readonly demand: number;
  readonly desiredSpeed: number;
  readonly headway: number;
  readonly comfortableDeceleration: number;
  /** Share, of drivers who do not do what they owe, of those who do not see. */
  readonly unseeing: number;
  readonly walkingSpeed: number;
  /** How long people wait before they rely on drivers. */
  readonly patience: number;
}

export const CONDITIONS: Readonly<Record<Light, Conditions>> = {
  day: {
    demand: 1,
    desiredSpeed: 1,
    headway: 1,
    comfortableDeceleration: 1,
    unseeing: 1,
    walkingSpeed: 1,
    patience: 1,
  },
  rain: {
    demand: 0.8,
    desiredSpeed: 0.92,
    headway: 1.15,
    comfortableDeceleration: 0.85,
    unseeing: 1.3,
    walkingSpeed: 1.08,
    patience: 0.7,
  },
  night: {
    demand: 0.6,
    desiredSpeed: 1.03,
    headway: 1.05,
    comfortableDeceleration: 1,
    unseeing: 2,
    walkingSpeed: 1.03,
    patience: 0.8,
  },
};
