/** The inputs that tell of the duty to the pedestrians who matter most. */
import { MOST_BRAKING_MPS2, MOST_MARGIN, MOST_SECONDS, type Duty } from './duty.ts';
import { capped, of, softly, type Group, type Input } from './inputs.ts';
import { isSeen } from './path.ts';
import type { VehicleWay } from './vehicle-way.ts';

/** Stands for a pedestrian that there was not: as far from any duty as can be. */
const NOBODY: Omit<Duty, 'path' | 'direction'> = {
  leadS: -MOST_SECONDS,
  petS: MOST_SECONDS,
  depthMetres: -MOST_SECONDS,
  depthBeforeMetres: -MOST_SECONDS,
  owedS: 0,
  brakingMps2: MOST_BRAKING_MPS2,
  brakingInZoneMps2: MOST_BRAKING_MPS2,
  brakingFirmMps2: MOST_BRAKING_MPS2,
  brakingLateMps2: MOST_BRAKING_MPS2,
  walkedS: 0,
  slowestMps: 0,
  expectedPetS: MOST_SECONDS,
  heldS: 0,
  speedMps: 0,
  margin: -MOST_MARGIN,
  weight: -4,
};

export function dutyInputs(which: 'first' | 'second', duty: Duty | undefined, way: VehicleWay): Input[] {
  const group = (one: Group) => of(which === 'first' ? one : 'other pedestrians');
  const [first, zone] = [group('who went first'), group('pedestrian in the zone')];
  const [room, held] = [group('room to stop'), group('pedestrian held up')];
  const name = (text: string): string => `${which} pedestrian: ${text}`;
  const known = duty ?? NOBODY;
  return [
    first(name('there'), duty ? 1 : 0),
    first(name('vehicle ahead by, s'), known.leadS),
    first(name('vehicle ahead, softly'), softly(known.leadS)),
    first(name('post-encroachment time, s'), known.petS),
    zone(name('depth while passing, m'), capped(known.depthMetres, MOST_SECONDS)),
    zone(name('depth while passing, softly'), softly(known.depthMetres)),
    zone(name('depth before the line, m'), capped(known.depthBeforeMetres, MOST_SECONDS)),
    zone(name('depth before the line, softly'), softly(known.depthBeforeMetres)),
    zone(name('time in it before the line, s'), Math.min(known.owedS, MOST_SECONDS)),
    room(name('braking asked, m/s²'), known.brakingMps2),
    room(name('braking asked, softly'), softly((known.brakingMps2 - 3) / 2)),
    room(name('braking asked in the zone, m/s²'), known.brakingInZoneMps2),
    room(name('braking asked beyond doubt, m/s²'), known.brakingFirmMps2),
    room(name('braking asked beyond doubt, softly'), softly((known.brakingFirmMps2 - 3) / 2)),
    room(name('braking asked a little later, m/s²'), known.brakingLateMps2),
    room(name('braking asked a little later, softly'), softly((known.brakingLateMps2 - 3) / 2)),
    room(name('on the way to it, s'), known.walkedS),
    held(name('slowest vehicle before it, m/s'), known.slowestMps),
    held(name('slowest vehicle before it, softly'), softly((known.slowestMps - 1.5) / 2)),
    first(name('expected post-encroachment time, s'), known.expectedPetS),
    first(name('post-encroachment time below 3 s, softly'), softly(3 - known.petS)),
    first(name('post-encroachment time below 1.5 s, softly'), softly(1.5 - known.petS)),
    held(name('held up half a second, softly'), softly(known.heldS - 0.5)),
    held(name('held up, s'), known.heldS),
    held(name('speed, m/s'), known.speedMps),
    first(name('least margin'), known.margin),
    first(name('seen to the end'), duty && isSeen(duty.path, way.exitS + 1) ? 1 : 0),
  ];
}

/** Whoever else the way was owed to bears it out, though one track or another be not what it seems. */
export function togetherInputs(duties: readonly Duty[]): Input[] {
  const others = of('other pedestrians');
  let [owed, nearly, most] = [0, 0, -MOST_MARGIN];
  for (const { margin } of duties) {
    owed += 1 / (1 + Math.exp(-4 * margin));
    nearly += 1 / (1 + Math.exp(-4 * (margin + 0.5)));
    most = Math.max(most, margin);
  }
  return [
    others('pedestrians that meet all', Math.min(owed, 8)),
    others('pedestrians that nearly meet all', Math.min(nearly, 8)),
    others('least margin of who meets most', most),
  ];
}
