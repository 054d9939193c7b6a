/** Who comes to the crosswalk on foot, alone and in groups. */
import { CONDITIONS } from './light.ts';
import type { Pedestrian, Role } from './pedestrian.ts';
import type { StreetPlan } from './plan.ts';
import type { Random } from './random.ts';

const ROLES: Readonly<Record<Role, number>> = {
  crosser: 70,
  runner: 6,
  pusher: 6,
  waiter: 6,
  turner: 3,
  passer: 9,
};
const GROUPS = { '1': 62, '2': 22, '3': 9, '4': 5, '5': 2 } as const;
/** Where the pavement's walkers are, beyond the kerb. */
const PAVEMENT_METRES = 1.6;
export const KERB_METRES = 0.45;

export interface PedestrianArrivals {
  /** @returns who arrives in the step that ends at `nowSeconds`, mostly nobody. */
  readonly next: (nowSeconds: number) => readonly Pedestrian[] | undefined;
}

export function pedestrianArrivals(plan: StreetPlan, random: Random): PedestrianArrivals {
  const meanGroup = 1.63;
  const meanSeconds = (60 * meanGroup) / plan.demand.pedestriansPerMinute;
  let nextSeconds = random.exponential(meanSeconds);
  let nextId = 1;
  return {
    next(nowSeconds) {
      if (nowSeconds < nextSeconds) return undefined;
      nextSeconds = nowSeconds + random.exponential(meanSeconds);
      const group = drawGroup(plan, random, nextId);
      nextId += group.length;
      return group;
    },
  };
}

/** A group is of one mind: one role, one side, one pace, one daring. */
function drawGroup(plan: StreetPlan, random: Random, firstId: number): readonly Pedestrian[] {
  const role = random.weighted(ROLES);
  const direction = random.chance(0.5) ? 1 : -1;
  const size = role === 'runner' || role === 'pusher' ? 1 : Number(random.weighted(GROUPS));
  const start = startOf(plan, random, direction);
  const about = CONDITIONS[plan.light];
  const mind = {
    role,
    direction,
    desiredMps: about.walkingSpeed * paceOf(random, role),
    marginSeconds: random.between(0.5, 3),
    daringMps2: daringOf(random, role, plan.demand.daringShare),
    patienceSeconds: about.patience * random.between(6, 20),
    turnsAt: random.between(0.2, 0.6),
  } as const;
  return Array.from({ length: size }, (_, n) => {
    const kerbU = random.between(-1, 1) * (plan.halfDepthMetres - 0.5);
    return {
      ...mind,
      id: firstId + n,
      patienceSeconds: role === 'waiter' ? random.between(6, 30) : mind.patienceSeconds,
      desiredMps: mind.desiredMps * random.between(0.96, 1.04),
      u: start.u + n * 0.6,
      v: start.v - direction * (n % 2) * 0.7,
      phase: role === 'passer' ? 'leaving' : 'arriving',
      speedMps: mind.desiredMps,
      slant: slantOf(plan, random, kerbU),
      targetU: role === 'passer' ? -start.u : kerbU,
      targetV: role === 'passer' ? start.v : kerbOf(plan, direction) - direction * KERB_METRES,
      phaseSeconds: 0,
      turned: false,
      waitsFor: undefined,
    } satisfies Pedestrian;
  });
}

/** The kerb from which one who crosses in this sense sets out. */
export const kerbOf = (plan: StreetPlan, direction: 1 | -1): number =>
  direction === 1 ? plan.road.minV : plan.road.maxV;

/** Along the pavement from either hand, or straight from a side street or a house. */
function startOf(
  plan: StreetPlan,
  random: Random,
  direction: 1 | -1,
): { readonly u: number; readonly v: number } {
  const kerb = kerbOf(plan, direction);
  if (random.chance(0.35)) return { u: random.between(-1, 1), v: kerb - direction * random.between(4, 6) };
  const side = random.chance(0.5) ? 1 : -1;
  return { u: side * random.between(8, 12), v: kerb - direction * PAVEMENT_METRES };
}

function paceOf(random: Random, role: Role): number {
  if (role === 'runner') return random.between(2.4, 3.4);
  if (role === 'pusher') return random.between(0.9, 1.25);
  return Math.min(1.75, Math.max(0.75, random.normal(1.3, 0.18)));
}

function daringOf(random: Random, role: Role, share: number): number {
  if (role === 'runner') return random.between(2.5, 4.5);
  return random.chance(share) ? random.between(1.5, 3.2) : 0;
}

/** So that nobody leaves the crosswalk on the way over. */
function slantOf(plan: StreetPlan, random: Random, kerbU: number): number {
  const farU = random.between(-1, 1) * (plan.halfDepthMetres - 0.5);
  const across = plan.road.maxV - plan.road.minV + 2 * KERB_METRES;
  return Math.min(0.2, Math.max(-0.2, (farU - kerbU) / across));
}
