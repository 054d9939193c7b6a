/** A line with its trains: stops, running times and tunnels. */
import type { Random } from '../street/random.ts';

export interface Stop {
  readonly name: string;
  /** Of the journey, in seconds. */
  readonly arrivesAt: number;
  readonly departsAt: number;
}

export interface Tunnel {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

export interface Service {
  readonly operator: string;
  /** G and a number: odd one way, even the other. */
  readonly train: string;
  readonly stops: readonly Stop[];
  readonly tunnels: readonly Tunnel[];
}

const LINE = [
  { name: 'Beijing South', minutesOn: 21 },
  { name: 'Langfang', minutesOn: 17 },
  { name: 'Tianjin South', minutesOn: 24 },
  { name: 'Cangzhou West', minutesOn: 26 },
  { name: 'Jinan West', minutesOn: 19 },
  { name: 'Tai’an', minutesOn: 37 },
  { name: 'Xuzhou East', minutesOn: 29 },
  { name: 'Bengbu South', minutesOn: 42 },
  { name: 'Nanjing South', minutesOn: 20 },
  { name: 'Changzhou North', minutesOn: 25 },
  { name: 'Suzhou North', minutesOn: 24 },
  { name: 'Shanghai Hongqiao', minutesOn: 0 },
];

const STANDING_MINUTES = 3;
/** Of all running time, in each of two tunnels on a leg that has them. */
const LEGS_WITH_TUNNEL = 0.5;

/** @param speed running and standing times are divided by it; what people do takes its own time. */
export function drawService(random: Random, journey: number, speed: number): Service {
  const towardsSea = journey % 2 === 0;
  const number = 101 + 2 * random.integer(40) + (towardsSea ? 0 : 1);
  const minutes = LINE.map(({ minutesOn }) => minutesOn);
  const names = LINE.map(({ name }) => name);
  const running = towardsSea ? minutes.slice(0, -1) : minutes.slice(0, -1).reverse();
  const stops = stopsOf(towardsSea ? names : names.reverse(), running, 60 / speed);
  return { operator: 'china-railway', train: `G${number}`, stops, tunnels: tunnelsOf(random, stops) };
}

function stopsOf(
  names: readonly string[],
  running: readonly number[],
  secondsAMinute: number,
): readonly Stop[] {
  const standing = STANDING_MINUTES * secondsAMinute;
  let clock = 0;
  return names.map((name, index) => {
    const arrivesAt = clock;
    const departsAt = arrivesAt + standing;
    clock = departsAt + (running[index] ?? 0) * secondsAMinute;
    return { name, arrivesAt, departsAt };
  });
}

function tunnelsOf(random: Random, stops: readonly Stop[]): readonly Tunnel[] {
  return stops.slice(1).flatMap((stop, index) => {
    if (!random.chance(LEGS_WITH_TUNNEL)) return [];
    const left = (stops[index] as Stop).departsAt;
    const running = stop.arrivesAt - left;
    const fromSeconds = left + running * random.between(0.1, 0.5);
    return [{ fromSeconds, toSeconds: fromSeconds + running * random.between(0.1, 0.4) }];
  });
}
