import fc from 'fast-check';
import type { Site } from '@wayside/contracts/site';
import { describe, expect, it } from 'vitest';
import { distance, turn, type Xy } from './geometry.ts';
import { groundOf } from './ground.ts';
import { advance, noteArrival, playheadMs, startPlayout, type Playout } from './playout.ts';
import { sceneAt, snapshotOf, trailOf, type StreetEvent } from './scene.ts';
import { fitView, screenAngle, toScreen, toWorld } from './view.ts';

const site = (angle: number): Site => {
  const at = (x: number, y: number): Xy => [
    x * Math.cos(angle) - y * Math.sin(angle),
    x * Math.sin(angle) + y * Math.cos(angle),
  ];
  return {
    schema: 'wayside.site.v1',
    id: 'north',
    name: 'North',
    timeZone: 'UTC',
    drivingSide: 'right',
    devices: ['cam'],
    crosswalk: [at(-2, -7), at(2, -7), at(2, 7), at(-2, 7)].map((p): [number, number] => [p[0], p[1]]),
    crossingAxisRadians: angle + Math.PI / 2,
    islands: [],
    approaches: [
      { id: 'east', headingRadians: angle, lanes: [] },
      { id: 'west', headingRadians: angle + Math.PI, lanes: [] },
    ],
    attentionMetres: 40,
    positionSigmaMetres: 0.2,
    calibration: { validUntil: null },
    origin: 'simulation',
  };
};

describe('the picture of a site', () => {
  const angles = fc.double({ min: -3, max: 3, noNaN: true });
  const metres = fc.double({ min: -50, max: 50, noNaN: true });
  const pixels = fc.integer({ min: 200, max: 1600 });

  it('finds every point of the ground again from its pixel', () => {
    fc.assert(
      fc.property(angles, metres, metres, pixels, pixels, (angle, x, y, width, height) => {
        const view = fitView(groundOf(site(angle)), width, height);
        expect(distance(toWorld(view, toScreen(view, [x, y])), [x, y])).toBeLessThan(1e-6);
      }),
    );
  });

  it('shows the whole crosswalk, with the road level or upright, whichever shows more', () => {
    fc.assert(
      fc.property(angles, pixels, pixels, (angle, width, height) => {
        const ground = groundOf(site(angle));
        const view = fitView(ground, width, height);
        const corners = ground.crosswalk.map((point) => toScreen(view, point));
        for (const [px, py] of corners) {
          expect(px).toBeGreaterThan(0);
          expect(px).toBeLessThan(width);
          expect(py).toBeGreaterThan(0);
          expect(py).toBeLessThan(height);
        }
        const road = screenAngle(view, angle);
        const upright = Math.abs(Math.sin(road)) > 0.5;
        expect(Math.abs(upright ? Math.sin(road) : Math.cos(road))).toBeCloseTo(1);
        if (width > 2 * height || height > 2 * width) expect(upright).toBe(height > width);
      }),
    );
  });

  it('is as wide as the crosswalk is long and has one bar a metre along the crossing', () => {
    const ground = groundOf(site(0.4));
    expect(ground.crossingMetres).toBeCloseTo(14);
    expect(ground.depthMetres).toBeCloseTo(4);
    expect(ground.bars).toHaveLength(14);
    expect(ground.roads[0]?.widthMetres).toBeCloseTo(14.8);
  });
});

const street = (atMs: number, objects: StreetEvent['objects']): StreetEvent => ({
  kind: 'street',
  site: 'north',
  at: new Date(atMs).toISOString(),
  objects,
});

describe('the street between two pictures', () => {
  const first = snapshotOf(
    street(1000, [
      { track: '1', kind: 'car', xMetres: 0, yMetres: 0, headingRadians: 3 },
      { track: '1', kind: 'pedestrian', xMetres: 5, yMetres: 5 },
    ]),
  );
  const second = snapshotOf(
    street(1500, [
      { track: '1', kind: 'car', xMetres: 4, yMetres: 2, headingRadians: -3 },
      { track: '2', kind: 'pedestrian', xMetres: 1, yMetres: 1 },
    ]),
  );

  it('moves an object in a straight line and turns it the short way round', () => {
    const car = sceneAt([first, second], 1250).find(({ key }) => key === 'vehicle/1');
    expect(car).toMatchObject({ x: 2, y: 1, alpha: 1 });
    expect(Math.abs(turn(Math.PI, car?.heading ?? 0))).toBeLessThan(0.01);
  });

  it('follows a braking car through its pictures without a kink or a jump', () => {
    const at = (t: number) => 10 * t - 1.5 * t * t;
    const pictures = [0, 1, 2, 3].map((t) =>
      snapshotOf(street(t * 1000, [{ track: '1', kind: 'car', xMetres: at(t), yMetres: 0 }])),
    );
    for (let ms = 1000; ms <= 2000; ms += 50)
      expect(Math.abs((sceneAt(pictures, ms)[0]?.x ?? 0) - at(ms / 1000))).toBeLessThan(0.01);
  });

  it('fades what comes and goes, and keeps a pedestrian apart from a vehicle of the same number', () => {
    const scene = sceneAt([first, second], 1375);
    expect(scene.map(({ key, alpha }) => [key, alpha])).toEqual([
      ['vehicle/1', 1],
      ['pedestrian/1', 0.25],
      ['pedestrian/2', 0.75],
    ]);
  });

  it('stands still before the first and after the last picture and over a gap', () => {
    expect(sceneAt([first, second], 0)).toEqual([...first.objects.values()]);
    expect(sceneAt([first, second], 9000)).toEqual([...second.objects.values()]);
    const late = snapshotOf(street(60_000, []));
    expect(sceneAt([first, late], 30_000)).toHaveLength(2);
    expect(sceneAt([], 5)).toEqual([]);
  });

  it('draws a trail of the past only, ending at the object', () => {
    const [car] = sceneAt([first, second], 1250);
    expect(car && trailOf([first, second], car, 1250, 2000)).toEqual([
      [0, 0],
      [2, 1],
    ]);
  });
});

describe('the delay of the street', () => {
  /** Plays a stream frame by frame. @returns the playhead's speed, real time = 1, over the last half. */
  function play(arrivals: readonly { readonly atMs: number; readonly wallMs: number }[], totalMs: number) {
    let playout: Playout = startPlayout;
    const heads: { readonly wallMs: number; readonly head: number; readonly newest: number }[] = [];
    let next = 0;
    for (let wallMs = 0; wallMs < totalMs; wallMs += 16) {
      for (let a = arrivals[next]; a && a.wallMs <= wallMs; a = arrivals[++next])
        playout = noteArrival(playout, a.atMs, a.wallMs);
      playout = advance(playout, 16);
      const head = playheadMs(playout, wallMs);
      if (head !== undefined) heads.push({ wallMs, head, newest: playout.lastAtMs ?? 0 });
    }
    return heads.slice(heads.length / 2);
  }
  const steps = (heads: ReturnType<typeof play>) =>
    heads.slice(1).map(({ head }, i) => head - (heads[i]?.head ?? 0));

  it('plays evenly, and never past the newest picture, though pictures come in bursts of a second', () => {
    const arrivals = Array.from({ length: 80 }, (_, i) => ({
      atMs: 1_000_000 + i * 250,
      wallMs: Math.floor(i / 4) * 1000 + 1000,
    }));
    const heads = play(arrivals, 19_000);
    for (const step of steps(heads)) expect(Math.abs(step - 16)).toBeLessThan(1.5);
    for (const { head, newest } of heads) expect(head).toBeLessThanOrEqual(newest + 1);
  });

  it('keeps up with a recording played three times as fast', () => {
    const arrivals = Array.from({ length: 80 }, (_, i) => ({ atMs: i * 750, wallMs: i * 250 }));
    const heads = play(arrivals, 19_000);
    const last = heads.at(-1);
    expect((last?.newest ?? 0) - (last?.head ?? 0)).toBeLessThan(8_000);
    expect(Math.min(...steps(heads))).toBeGreaterThanOrEqual(0);
  });

  it('jumps where the stream jumped', () => {
    const before = { atMs: 0, wallMs: 0 };
    const after = { atMs: 900_000, wallMs: 5_000 };
    const head = play([before, after], 9_000).at(-1);
    expect(Math.abs((head?.head ?? 0) - 900_000)).toBeLessThan(6_000);
  });
});
