/** The inputs that tell of a vehicle that had stopped and was overtaken. */
import type { Duty } from './duty.ts';
import type { EncounterInput } from './encounter-input.ts';
import { capped, MOST_METRES, of, softly, type Input } from './inputs.ts';
import { at, isSeen, pathOf } from './path.ts';
import { WALKER_SMOOTH_S, type VehicleWay } from './vehicle-way.ts';

/** The vehicle that had stopped, as it stood when the other came onto the crosswalk. */
export function overtakenInputs(way: VehicleWay, duties: readonly Duty[], input: EncounterInput): Input[] {
  const beside = of('vehicle beside it');
  let slowest = 20;
  for (
    let s = way.entryS;
    at(way.path, way.path.u, s) + way.halfLength > way.frame.nearU - 20 && s > way.path.fromS;
    s -= 0.1
  )
    slowest = Math.min(slowest, at(way.path, way.speedMps, s));
  const own = [
    beside('slowest in the last 20 m, m/s', slowest),
    beside('slowest there, softly', softly((slowest - 1.5) / 2)),
  ];
  const other = input.tracks.slice(1).find(({ kind }) => kind !== 'pedestrian');
  if (!other || other.dtMs.length < 2)
    return [
      ...own,
      beside('vehicle beside: there', 0),
      beside('vehicle beside: before the crosswalk by, m', 0),
      beside('vehicle beside: speed, m/s', 0),
      beside('vehicle beside: aside, m', 0),
      beside('vehicle beside: speed a second before, m/s', 0),
      beside('vehicle beside: speed, softly', 0),
      beside('vehicle beside: somebody comes to it, m', 10),
      beside('vehicle beside: somebody there walks, m/s', 0),
    ];
  const path = pathOf(other, way.frame, input.verdict.window.fromMs, WALKER_SMOOTH_S);
  const half = (other.lengthCm ?? 460) / 200;
  const speed = (s: number): number => Math.hypot(at(path, path.speedU, s), at(path, path.speedV, s));
  const v = at(path, path.v, way.entryS);
  const awaited = awaitedAt(way, duties, v);
  return [
    ...own,
    beside('vehicle beside: there', 1),
    beside(
      'vehicle beside: before the crosswalk by, m',
      capped(way.frame.nearU - at(path, path.u, way.entryS) - half, MOST_METRES),
    ),
    beside('vehicle beside: speed, m/s', Math.min(speed(way.entryS), 20)),
    beside('vehicle beside: aside, m', capped(Math.abs(v - way.pathV), 12)),
    beside('vehicle beside: speed a second before, m/s', Math.min(speed(way.entryS - 1), 20)),
    beside('vehicle beside: speed, softly', softly((speed(way.entryS) - 1.5) / 2)),
    beside('vehicle beside: somebody comes to it, m', awaited.metres),
    beside('vehicle beside: somebody there walks, m/s', awaited.speedMps),
  ];
}

/** Who is nearest to the other vehicle's way and has still to pass it, as this one comes onto the crosswalk. */
function awaitedAt(way: VehicleWay, duties: readonly Duty[], v: number) {
  let nearest = { metres: 10, speedMps: 0 };
  for (const { path, direction } of duties) {
    const at0 = at(path, path.v, way.entryS);
    const metres = (v - at0) * direction;
    const onRoad = at0 > way.frame.lowV && at0 < way.frame.highV;
    if (!onRoad || !isSeen(path, way.entryS) || metres < -1.2 || metres > nearest.metres) continue;
    nearest = { metres, speedMps: at(path, path.speedV, way.entryS) * direction };
  }
  return nearest;
}
