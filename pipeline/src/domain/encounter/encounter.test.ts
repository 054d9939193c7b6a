import { describe, expect, it } from 'vitest';
import type { YieldGeometry } from '@wayside/contracts/law-profile';
import type { Approach, Site } from '@wayside/contracts/site';
import { crossingOf, crosswalkGaps } from './crossing.ts';
import { meetingOf } from './meeting.ts';
import { nearnessOf } from './nearness.ts';
import { agreedPlate, medianSize, usualLook } from './observed-track.ts';
import { requiredDeceleration, speedsBetween } from './owed.ts';
import { siteModel } from './site-model.ts';
import { carOn, trackOf, walkerOn } from './testing.ts';
import { footprintAt, vehiclePath } from './vehicle-path.ts';
import { zonesOf } from './zone.ts';
import { testSite } from '../judge/testing/street.ts';

/** 10 m/s along +y from y = −30: centre at the origin at 3 s; 4.6 × 1.8 m. */
const carAtTen = carOn((second) => [0, -30 + 10 * second], 6);

describe('a vehicle seen as positions alone', () => {
  it('has its speed and heading from its motion', () => {
    expect(carAtTen.speedMps[20]).toBeCloseTo(10);
    expect(footprintAt(carAtTen, 20)).toMatchObject({ ux: 0, uy: 1 });
  });

  it('keeps its heading while it stands', () => {
    const stopping = carOn((second) => [Math.min(20, 10 * second), 0], 6);
    expect(stopping.ux.at(-1)).toBeCloseTo(1);
    expect(stopping.speedMps.at(-1)).toBeCloseTo(0);
  });

  it('is as large as a usual one of its kind where nobody measured it', () => {
    const track = trackOf('bus', 'car', (second) => [0, second], 2);
    track.looks.splice(0, 1, {
      kind: 'bus',
      plate: undefined,
      emergency: false,
      lengthCm: undefined,
      widthCm: undefined,
      samples: 21,
    });
    const bus = vehiclePath(track, 0, { ux: 0, uy: 1 });
    expect([bus.lengthMetres, bus.sizeMeasured]).toEqual([12, false]);
  });
});

describe('what a track looked like', () => {
  const look = (over: object, samples: number) => ({
    kind: 'car' as const,
    plate: undefined,
    emergency: false,
    lengthCm: 450,
    widthCm: 180,
    samples,
    ...over,
  });
  const track = {
    ...trackOf('t', 'car', () => [0, 0], 1),
    looks: [look({}, 3), look({ kind: 'van', lengthCm: 520 }, 5), look({}, 4)],
  };

  it('is what most samples say', () => {
    expect(usualLook(track).kind).toBe('car');
    expect(medianSize(track, 'lengthCm')).toBe(450);
  });

  it('has a plate only where all readings agree', () => {
    const [a, b] = ['A', 'B'].map((end) => `plate_${'x'.repeat(42)}${end}`);
    expect(agreedPlate({ ...track, looks: [look({ plate: a }, 1), look({}, 9)] })).toBe(a);
    expect(agreedPlate({ ...track, looks: [look({ plate: a }, 9), look({ plate: b }, 1)] })).toBeUndefined();
  });
});

describe('the meeting of two ways', () => {
  // A body (0.3 m) straight before the car is touched from y = −2.6 (2.74 s) to y = 2.6 (3.26 s), beside it from ±2.3 m.
  it('has the time from the rear of the vehicle leaving to the pedestrian coming, where the vehicle is first', () => {
    // At the car's side (x = −1.2) at 4.0 s, from x = −5.2 at 1 m/s.
    const meeting = meetingOf(
      carAtTen,
      walkerOn((second) => [-5.2 + second, 0]),
    );
    expect(meeting?.firstThrough).toBe('vehicle');
    expect(meeting?.petSeconds).toBeCloseTo(4.0 - 3.23, 1);
    expect(meeting?.x).toBeCloseTo(-1.2, 1);
  });

  it('has the time from the pedestrian leaving to the front coming, where the pedestrian is first', () => {
    // Off the car's far side (x = 1.2) at 2.0 s, from x = −1.8 at 1.5 m/s.
    const meeting = meetingOf(
      carAtTen,
      walkerOn((second) => [-1.8 + 1.5 * second, 0]),
    );
    expect(meeting?.firstThrough).toBe('pedestrian');
    expect(meeting?.petSeconds).toBeCloseTo(2.77 - 2.0, 1);
  });

  it('is negative where both were there at once, and none where the ways share no place', () => {
    expect(
      meetingOf(
        carAtTen,
        walkerOn(() => [0.5, 0]),
      )?.petSeconds,
    ).toBeLessThan(0);
    expect(
      meetingOf(
        carAtTen,
        walkerOn((second) => [-8 + 0.5 * second, 0]),
      ),
    ).toBeUndefined();
  });

  it('is none with a vehicle that was not seen to leave', () => {
    const stays = carOn((second) => [0, Math.min(0, -30 + 10 * second)], 5);
    expect(
      meetingOf(
        stays,
        walkerOn((second) => [-9 + second, 0], 10),
      ),
    ).toBeUndefined();
  });
});

describe('how near they came', () => {
  it('is the smallest gap between footprint and body, and the time that was left on a collision course', () => {
    const standing = nearnessOf(
      carAtTen,
      walkerOn(() => [3.2, 0], 6),
    );
    expect(standing?.minDistanceMetres).toBeCloseTo(2); // 3.2 − 0.9 − 0.3
    expect(standing?.ttcSeconds).toBeUndefined();
    const ahead = nearnessOf(
      carOn((second) => [0, -30 + 10 * second], 2),
      walkerOn(() => [0, 0], 2),
    );
    expect(ahead?.ttcSeconds).toBeCloseTo((10 - 2.6) / 10); // at 2 s the centre is 10 m off
  });

  it('is unknown where they were never seen together', () => {
    const later = { ...walkerOn(() => [0, 0], 1), seconds: [20, 21], x: [0, 0], y: [0, 0] };
    expect(nearnessOf(carAtTen, later)).toBeUndefined();
  });
});

describe('whether the driver could have stopped', () => {
  const short = (atS: number) => ({ atS, shortMetres: 0.5 });
  it('is v² / 2(d − v·reaction), half a metre short of the pedestrian', () => {
    // From 0 s to touching (·, 0) at 2.74 s: 27.4 m.
    expect(requiredDeceleration(carAtTen, 0, short(2.74), 1)).toBeCloseTo(100 / (2 * (27.4 - 0.5 - 10)), 2);
    expect(requiredDeceleration(carAtTen, 2, short(2.74), 1)).toBe(Infinity);
    expect(requiredDeceleration(carAtTen, 3, short(2.74), 1)).toBe(Infinity);
  });

  it('is no question for a vehicle at rest', () => {
    const rests = carOn((second) => [0, second < 3 ? -10 : -10 + 5 * (second - 3)], 6);
    expect(requiredDeceleration(rests, 1, short(4.5), 1)).toBe(0);
  });

  it('looks at the slowest speed between two moments', () => {
    const dips = carOn((second) => [0, second < 2 ? 5 * second : second < 4 ? 10 : 10 + 5 * (second - 4)], 6);
    expect(speedsBetween(dips, 0, 6).min).toBeCloseTo(0);
    expect(speedsBetween(dips, 0, 1).min).toBeCloseTo(5);
  });
});

describe('crossing', () => {
  const crosswalk = siteModel(testSite()).crosswalk;

  it('begins with the front on the crosswalk and ends with the rear off it', () => {
    // Front at −2 with the centre at −4.3 (2.57 s), rear at 2 with the centre at 4.3 (3.43 s).
    const crossing = crossingOf(carAtTen, crosswalkGaps(carAtTen, crosswalk));
    expect(crossing?.enterS).toBeCloseTo(2.57);
    expect(crossing?.exitS).toBeCloseTo(3.43);
  });

  it('has no beginning where the track begins on it, and is none where the vehicle stays off', () => {
    const born = carOn((second) => [0, 10 * second], 3);
    expect(crossingOf(born, crosswalkGaps(born, crosswalk))).toMatchObject({ first: 0, enterS: undefined });
    const off = carOn((second) => [0, -30 + 2 * second], 5);
    expect(crossingOf(off, crosswalkGaps(off, crosswalk))).toBeUndefined();
  });
});

describe('the zone where the way is owed', () => {
  const zoneAt = (geometry: YieldGeometry, x: number, over: Partial<Site> = {}, carX = 1.75): number => {
    const site = siteModel(testSite(over));
    const vehicle = carOn((second) => [carX, -30 + 10 * second], 6);
    const crossing = crossingOf(vehicle, crosswalkGaps(vehicle, site.crosswalk));
    if (!crossing) throw new Error('the car crosses');
    return zonesOf(site, geometry, vehicle, crossing).owed(x, 0);
  };
  const inZone = (...at: Parameters<typeof zoneAt>): boolean => zoneAt(...at) <= 0;
  const lanes = (xs: readonly number[]): Approach[] => [
    {
      id: 'up',
      headingRadians: Math.PI / 2,
      lanes: xs.map((x, i) => ({
        id: `lane-${i}`,
        centreline: [
          [x, -30],
          [x, 30],
        ],
        widthMetres: 3,
      })),
    },
  ];

  it('is the lane and half a lane to each side: without lanes 3.5 m from the car’s way', () => {
    expect([-1.8, -1.7, 5.2, 5.3].map((x) => inZone('lane-and-half', x))).toEqual([false, true, true, false]);
  });

  it('is the painted lane where there is one, however the car keeps in it', () => {
    const over = { approaches: lanes([1.5, 4.5]) };
    expect([-1.6, -1.4, 4.4, 4.6].map((x) => inZone('lane-and-half', x, over))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('is the own lane and the next', () => {
    const over = { approaches: lanes([-4.5, 1.5, 4.5]) };
    expect([-0.1, 0.1, 5.9].map((x) => inZone('own-and-next-lane', x, over))).toEqual([false, true, true]);
    expect([-3.6, -3.4].map((x) => inZone('own-and-next-lane', x))).toEqual([false, true]);
  });

  it('has no edge at the marking between the own lane and the next', () => {
    expect(zoneAt('own-and-next-lane', 3, { approaches: lanes([-4.5, 1.5, 4.5]) })).toBeCloseTo(-3);
  });

  it('is the half of the road on the driving side', () => {
    expect([-0.35, -0.25, 5.9].map((x) => inZone('half-road', x))).toEqual([false, true, true]);
    const left = { drivingSide: 'left' as const };
    expect([-5.9, 0.25, 0.35].map((x) => inZone('half-road', x, left, -1.75))).toEqual([true, true, false]);
  });

  it('is the whole crossing, but of one with an island only the car’s side', () => {
    const island: Partial<Site> = {
      islands: [
        [
          [-1, -2],
          [0, -2],
          [0, 2],
          [-1, 2],
        ],
      ],
    };
    expect([-5, 5].map((x) => inZone('whole-crossing', x))).toEqual([true, true]);
    expect([-5, -0.5, 0.5, 5].map((x) => inZone('whole-crossing', x, island))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
