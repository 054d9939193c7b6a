import { describe, expect, it } from 'vitest';
import { firstThrough, yieldAnswer } from './answers.ts';
import { followPassage, openPassage, type Passage } from './passage.ts';
import type { WatchedPedestrian, WatchedPlan, WatchedVehicle } from './watched.ts';

type Changing<T> = { -readonly [K in keyof T]: T[K] };

const plan: WatchedPlan = { id: 'p', islands: [], middleV: 3.5, halfDepthMetres: 2, stopGapMetres: 2 };
const STEP = 0.1;

/** One lane with its middle at v = 0; the person starts on its near side, walking towards growing v. */
function scene() {
  const vehicle: Changing<WatchedVehicle> = {
    id: 1,
    kind: 'car',
    lengthMetres: 4,
    widthMetres: 1.8,
    plate: undefined,
    emergency: false,
    driver: { disposition: 'refuses' },
    lane: { id: 'a', direction: 1, centreV: 0, widthMetres: 3.5 },
    s: -40,
    v: 0,
    speedMps: 0,
    yielding: false,
  };
  const person: Changing<WatchedPedestrian> = {
    id: 2,
    role: 'turner',
    u: 0,
    v: -1.7,
    direction: 1,
    phase: 'crossing',
    speedMps: 1.4,
    turned: false,
  };
  const passage = openPassage(vehicle);
  let now = 0;
  const run = (seconds: number, speedMps: number, walkMps: number): void => {
    vehicle.speedMps = speedMps;
    person.speedMps = walkMps;
    for (let step = 0; step < Math.round(seconds / STEP); step++) {
      now += STEP;
      vehicle.s += speedMps * STEP;
      person.v += person.direction * walkMps * STEP;
      followPassage(plan, passage, [person], now);
    }
  };
  const turn = (): void => {
    person.direction = person.direction === 1 ? -1 : 1;
    person.turned = true;
  };
  return { passage, run, turn };
}

const answerOf = (passage: Passage) => {
  const meeting = passage.meetings.get(2);
  if (!meeting) throw new Error('they have not met');
  return { first: firstThrough(meeting), ...yieldAnswer(passage, meeting, 'lane-and-half') };
};

describe('a meeting with somebody who turns round', () => {
  it('is another one for who was let through, and is kept waiting on the way back', () => {
    const { passage, run, turn } = scene();
    run(2.4, 0, 1.4);
    turn();
    run(0.1, 0, 1.4);
    run(1, 10, 0);
    run(5, 10, 0);
    expect(answerOf(passage)).toEqual({
      first: 'vehicle',
      outcome: 'infraction',
      reason: 'went-ahead-of-pedestrian',
    });
  });

  it('is the same one for who turns on the way of the vehicle, which stays behind', () => {
    const { passage, run, turn } = scene();
    run(1, 0, 1.4);
    turn();
    run(1.5, 0, 1.4);
    run(6, 10, 0);
    expect(answerOf(passage)).toMatchObject({ first: 'pedestrian', outcome: 'clear', reason: 'gave-way' });
  });

  it('is over for who walks on', () => {
    const { passage, run } = scene();
    run(3, 0, 1.4);
    run(6, 10, 1.4);
    expect(answerOf(passage)).toMatchObject({ first: 'pedestrian', outcome: 'clear', reason: 'gave-way' });
  });
});
