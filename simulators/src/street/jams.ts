/** Now and then a jam from beyond reaches back to just behind the crosswalk, a lane at a time. */
import type { Lane } from './traffic.ts';
import type { StreetPlan } from './plan.ts';
import type { Random } from './random.ts';

export function startJams(plan: StreetPlan, lanes: readonly Lane[], random: Random): void {
  const mean = plan.demand.jamEverySeconds;
  for (const lane of lanes) lane.nextJamSeconds = mean > 0 ? random.exponential(mean) : Infinity;
}

export function updateJam(plan: StreetPlan, lane: Lane, nowSeconds: number, random: Random): void {
  if (lane.jam && nowSeconds > lane.jam.untilSeconds) lane.jam = undefined;
  if (nowSeconds < lane.nextJamSeconds) return;
  lane.jam = {
    s: plan.halfDepthMetres + random.between(3, 9),
    untilSeconds: nowSeconds + random.between(8, 20),
  };
  lane.nextJamSeconds = nowSeconds + 20 + random.exponential(plan.demand.jamEverySeconds);
}
