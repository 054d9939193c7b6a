/** Who drives: ordinary differences between drivers, and a hidden disposition that the truth file tells. */
import type { IdmDriver } from './idm.ts';
import { CONDITIONS } from './light.ts';
import type { StreetPlan } from './plan.ts';
import type { Random } from './random.ts';

/**
 * yields: gives way when owed · unseeing: reacts seconds too late · refuses: drives on · rolls: creeps through ahead of
 * the pedestrian · blocks: gives way, but stops on the crosswalk in a jam · overtakes: passes who stopped. Before signals, of
 * those who yield: runs-red: passes a light that is red since a short time · speeds: drives well over the limit.
 */
export type Disposition =
  'yields' | 'unseeing' | 'refuses' | 'rolls' | 'blocks' | 'overtakes' | 'runs-red' | 'speeds';

/** How far a driver who yields looks: whom it takes to be in its way. */
export type Reach = 'near' | 'half-road' | 'whole-crossing';

export interface Driver extends IdmDriver {
  readonly disposition: Disposition;
  readonly reach: Reach;
  readonly reactionSeconds: number;
  /** Time a driver who yields leaves to who comes after it: it goes first only where it is through so much earlier. */
  readonly marginSeconds: number;
  /** Stops for who waits at the kerb as well, which the law does not ask everywhere. */
  readonly courteous: boolean;
  /** Speed at which `rolls` goes through. */
  readonly creepMps: number;
  /** How long red may have been shown for `runs-red` to go on. */
  readonly runsRedSeconds?: number;
}

const LAWLESS: Readonly<Record<Exclude<Disposition, 'yields' | 'runs-red' | 'speeds'>, number>> = {
  refuses: 40,
  unseeing: 18,
  rolls: 20,
  blocks: 12,
  overtakes: 10,
};
const REACHES: Readonly<Record<Reach, number>> = { near: 35, 'half-road': 40, 'whole-crossing': 25 };

export function drawDriver(
  random: Random,
  { demand, speedLimitMps, light }: Pick<StreetPlan, 'demand' | 'speedLimitMps' | 'light'>,
  haste = 1,
): Driver {
  const about = CONDITIONS[light];
  const lawless = { ...LAWLESS, unseeing: LAWLESS.unseeing * about.unseeing };
  const disposition = random.chance(demand.lawlessShare) ? random.weighted(lawless) : 'yields';
  const accelerationMps2 = random.between(1.2, 2);
  const comfortableDecelerationMps2 = about.comfortableDeceleration * random.between(1.8, 2.6);
  return {
    disposition,
    reach: random.weighted(REACHES),
    reactionSeconds: disposition === 'unseeing' ? random.between(3.5, 7) : random.between(0.4, 1),
    marginSeconds: random.between(3.2, 4.8),
    courteous: disposition === 'yields' && random.chance(0.2),
    creepMps: random.between(1.4, 2.6),
    desiredMps: haste * about.desiredSpeed * speedLimitMps * clamp(random.normal(0.95, 0.1), 0.65, 1.3),
    headwaySeconds: about.headway * random.between(1, 1.8),
    accelerationMps2,
    comfortableDecelerationMps2,
    standingGapMetres: random.between(1.5, 2.5),
    twiceMeanMps2: 2 * Math.sqrt(accelerationMps2 * comfortableDecelerationMps2),
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
