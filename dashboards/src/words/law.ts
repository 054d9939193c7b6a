/** What is said of the law and of what was judged under it. */
import type { HoldState, Infraction } from '@wayside/contracts/infraction';
import type { RuleId, YieldGeometry } from '@wayside/contracts/law-profile';
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { Outcome } from '@wayside/contracts/verdict';

export const rules: Readonly<Record<RuleId, string>> = {
  'fail-to-yield': 'Did not give way',
  'stop-on-crosswalk': 'Stopped on the crosswalk',
  'overtake-at-crosswalk': 'Overtook at the crosswalk',
  'red-light': 'Drove through a red light',
  speeding: 'Drove too fast',
  'seat-refusal': 'Refused another’s seat',
};

/** What each rule asks, in a sentence. */
export const ruleMeanings: Readonly<Record<RuleId, string>> = {
  'fail-to-yield': 'A driver must let a pedestrian on the crosswalk pass first.',
  'stop-on-crosswalk': 'A vehicle must not stop and wait on the crosswalk.',
  'overtake-at-crosswalk': 'A vehicle that has stopped for a pedestrian must not be passed.',
  'red-light': 'A vehicle must not pass the stop line while its signal is red.',
  speeding: 'A vehicle must not come faster than the limit of the approach.',
  'seat-refusal': 'A seat that another has reserved must be left when asked.',
};
export const ruleIds = Object.keys(rules) as readonly RuleId[];

export const ruleName = (rule: string): string => (rule in rules ? rules[rule as RuleId] : rule);

export const outcomes: Readonly<Record<Outcome, string>> = {
  infraction: 'Infraction',
  undecided: 'Undecided',
  clear: 'Clear',
};

export const holds: Readonly<Record<HoldState, { readonly name: string; readonly meaning: string }>> = {
  held: { name: 'Held', meaning: 'The points are held until the case is decided.' },
  pending: { name: 'Hold due', meaning: 'The hold is due and will be placed in a moment.' },
  unidentified: { name: 'Unidentified', meaning: 'Nobody is known to hold points from.' },
  none: { name: 'No points', meaning: 'This rule carries no points; it is recorded only.' },
  posted: { name: 'Posted', meaning: 'The case is decided: the points are taken.' },
  released: { name: 'Released', meaning: 'The hold was let go: no points are taken.' },
};

export const origins: Readonly<
  Record<Infraction['origin'], { readonly name: string; readonly meaning: string } | undefined>
> = {
  simulation: { name: 'Simulated', meaning: 'Made by a simulator: no real person or vehicle.' },
  recording: { name: 'Recording', meaning: 'Read from a recording, not seen live.' },
  camera: undefined,
  handheld: undefined,
};

export const kinds: Readonly<Record<ObjectKind, string>> = {
  car: 'Car',
  van: 'Van',
  truck: 'Truck',
  bus: 'Bus',
  motorcycle: 'Motorcycle',
  bicycle: 'Bicycle',
  pedestrian: 'Pedestrian',
};

export const geometries: Readonly<Record<YieldGeometry, string>> = {
  'lane-and-half': 'pedestrians in the vehicle’s lane and half a lane on each side',
  'own-and-next-lane': 'pedestrians in the vehicle’s lane or the next',
  'half-road': 'pedestrians on the vehicle’s half of the road, or about to enter it',
  'whole-crossing': 'pedestrians anywhere on the crossing',
};

export const points = (count: number): string => (count === 1 ? '1 point' : `${count} points`);

export const measures = {
  petSeconds: 'Time between the two (PET)',
  minSpeedMps: 'Slowest before entering',
  requiredDecelerationMps2: 'Braking needed to stop',
  stoppedSeconds: 'Time at rest on the crosswalk',
  framesPerSecond: 'Pictures per second',
  entrySpeedMps: 'Speed on entering',
  maxSpeedMps: 'Highest speed',
  ttcSeconds: 'Smallest time to collision',
  minDistanceMetres: 'Smallest gap',
  pedestrianSpeedMps: 'Pedestrian’s speed',
  redSeconds: 'Red since',
  lineSpeedMps: 'Speed at the stop line',
  speedMps: 'Speed on the approach',
  speedUncertaintyMps: 'Standard uncertainty of the speed',
  short: {
    pet: 'ahead (PET)',
    stopped: 'on the crosswalk',
    red: 'of red',
    speed: 'on the approach',
  },
} as const;

export const thresholds = {
  pet: (clear: string, max: string) => `below ${clear} s: went ahead; from ${max} s: no conflict`,
  slow: (value: string) => `slower than ${value} m/s counts as giving way`,
  brake: (value: string) => `up to ${value} m/s²: could have stopped`,
  stopped: (value: string) => `from ${value} s: waiting on the crosswalk`,
  red: (grace: string, off: string) =>
    `${grace} s are granted, and ${off} s for what the measurement may be off`,
  speed: (limit: string, deducted: string) =>
    `limit ${limit}; ${deducted} are deducted from what was measured`,
  frames: (value: string) => `at least ${value}`,
  limit: (value: string) => `limit ${value}`,
} as const;
