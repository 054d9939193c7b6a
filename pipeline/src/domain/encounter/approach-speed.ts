/**
 * How fast a vehicle came: the slope of its place along the approach over time, by least squares, over a stretch before the
 * crosswalk. It is a mean over the stretch: who braked in it had been faster.
 *
 *   u(v) = √(σ₁² + σ₂² + 2 v² u(t)²) / T
 *
 * is the standard uncertainty of (s₂ − s₁) / T where each place is known to σ and each time to u(t): the law of propagation
 * of the GUM (JCGM 100:2008, 5.1.2). A slope through many independent places would be known better; the errors of
 * neighbouring pictures are not independent, so that nothing is claimed for their number.
 */
import type { ApproachModel, SiteModel } from './site-model.ts';
import type { VehiclePath } from './vehicle-path.ts';

export interface ApproachSpeed {
  readonly limitMps: number;
  readonly speedMps: number;
  readonly uncertaintyMps: number;
  readonly metres: number;
  readonly fromS: number;
  readonly toS: number;
}

/** The stretch: from so far before the crosswalk to so near, of the front. Metres. */
const FROM_METRES = 30;
const TO_METRES = 3;
/** Less tells nothing. */
const LEAST_METRES = 12;
const LEAST_SAMPLES = 5;
/** The way must be the approach's. */
const SAME_HEADING = Math.cos(Math.PI / 9);
/**
 * A site tells sigma at the crosswalk. The ground that one pixel covers grows with the square of the distance; here it has
 * doubled at this distance. Metres.
 */
const DOUBLING_METRES = 30;
/** Frames are timed to the millisecond; a tracker may take the picture before or after. Seconds. */
const TIME_SIGMA_SECONDS = 0.005;

/** @returns undefined where no approach with a limit was driven, or too little of it was seen. */
export function approachSpeedOf(vehicle: VehiclePath, site: SiteModel): ApproachSpeed | undefined {
  for (const approach of site.limited) {
    const found = speedOn(vehicle, approach, site);
    if (found) return found;
  }
  return undefined;
}

function speedOn(vehicle: VehiclePath, approach: ApproachModel, site: SiteModel): ApproachSpeed | undefined {
  const { limitMps, first, last, along } = stretchOf(vehicle, approach, site);
  if (limitMps === undefined || last - first + 1 < LEAST_SAMPLES) return undefined;
  const [s1, s2] = [along[first] as number, along[last] as number];
  if (s2 - s1 < LEAST_METRES) return undefined;
  const [fromS, toS] = [vehicle.seconds[first] as number, vehicle.seconds[last] as number];
  const speedMps = slope(vehicle.seconds, along, first, last);
  const places = Math.hypot(sigmaAt(site, s1), sigmaAt(site, s2));
  const uncertaintyMps = Math.hypot(places, Math.SQRT2 * speedMps * TIME_SIGMA_SECONDS) / (toS - fromS);
  return { limitMps, speedMps, uncertaintyMps, metres: s2 - s1, fromS, toS };
}

/** The first run of samples on the stretch and on the approach's heading; `along` is from the crosswalk's centre. */
function stretchOf(vehicle: VehiclePath, approach: ApproachModel, { crosswalk }: SiteModel) {
  const { ux, uy, edgeMetres, speedLimitMps: limitMps } = approach;
  const along: number[] = [];
  let [first, last] = [0, -1];
  for (let i = 0; i < vehicle.seconds.length; i++) {
    const dx = (vehicle.x[i] as number) - crosswalk.centreX;
    const dy = (vehicle.y[i] as number) - crosswalk.centreY;
    along.push(dx * ux + dy * uy);
    const before = edgeMetres - (along[i] as number) - vehicle.halfLength;
    const ahead = (vehicle.ux[i] as number) * ux + (vehicle.uy[i] as number) * uy;
    if (before > FROM_METRES || before < TO_METRES || ahead < SAME_HEADING) {
      if (last >= first) break;
      first = i + 1;
    } else last = i;
  }
  return { limitMps, along, first, last };
}

const sigmaAt = (site: SiteModel, metres: number): number =>
  site.positionSigmaMetres * (1 + (metres / DOUBLING_METRES) ** 2);

function slope(xs: readonly number[], ys: readonly number[], first: number, last: number): number {
  const count = last - first + 1;
  let [sumX, sumY] = [0, 0];
  for (let i = first; i <= last; i++) {
    sumX += xs[i] as number;
    sumY += ys[i] as number;
  }
  let [covariance, variance] = [0, 0];
  for (let i = first; i <= last; i++) {
    const dx = (xs[i] as number) - sumX / count;
    covariance += dx * ((ys[i] as number) - sumY / count);
    variance += dx * dx;
  }
  return covariance / variance;
}
