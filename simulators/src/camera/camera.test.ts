import type { Frame, SeenObject } from '@wayside/edge/camera/frame-source';
import { trackKey } from '@wayside/contracts/observation-batch';
import { describe, expect, it } from 'vitest';
import { planStreets } from '../street/layouts.ts';
import type { Light } from '../street/light.ts';
import type { StreetPlan } from '../street/plan.ts';
import { openStreet, runFor, type Street } from '../street/street.ts';
import { groundOf } from '../street/ground.ts';
import { openCamera } from './camera.ts';
import { sceneOf, type Thing } from './scene.ts';
import { FAULTS, SEVERITIES, type Severity } from './severity.ts';

interface Watched {
  readonly frames: readonly (Frame | undefined)[];
  /** Apparent and true place of each sighting whose owner is known, in metres of the street's own frame. */
  readonly errors: readonly { readonly distance: number; readonly error: number }[];
  readonly tracksPerObject: number;
  readonly phantoms: number;
  readonly clock: ReturnType<ReturnType<typeof openCamera>['clockStatus']>;
}

function watch(severity: Severity, seconds: number, seed = 1, light: Light = 'day'): Watched {
  const drawn = planStreets({ seed, sites: 1, busyness: 2 })[0] as StreetPlan;
  const plan = { ...drawn, light };
  const street: Street = openStreet(plan, seed);
  runFor(street, 30);
  const owners = new Map<string, string | null>();
  const tracks = new Map<string, Set<string>>();
  let phantoms = 0;
  const camera = openCamera(street, {
    severity,
    seed,
    startMs: 1e12,
    onOwner({ track, pedestrian, object }) {
      owners.set(`${pedestrian ? 'pedestrian' : 'vehicle'}/${track}`, object);
      if (object === null) phantoms++;
      else tracks.set(object, (tracks.get(object) ?? new Set()).add(track));
    },
  });
  const frames: (Frame | undefined)[] = [];
  const errors: { distance: number; error: number }[] = [];
  runFor(street, seconds, () => {
    const frame = camera.look();
    frames.push(frame);
    const scene = new Map(sceneOf(street).map((thing) => [thing.key, thing]));
    for (const object of frame?.objects ?? []) {
      const thing = scene.get(owners.get(trackKey(object.kind, object.track)) ?? '');
      if (thing) errors.push(errorOf(plan, thing, object));
    }
  });
  const ids = [...tracks.values()].reduce((sum, set) => sum + set.size, 0);
  return { frames, errors, tracksPerObject: ids / tracks.size, phantoms, clock: camera.clockStatus() };
}

function errorOf(plan: StreetPlan, thing: Thing, { xMetres, yMetres }: SeenObject) {
  const ground = groundOf(plan.rotationRadians);
  const error = Math.hypot(xMetres - ground.x(thing.u, thing.v), yMetres - ground.y(thing.u, thing.v));
  return { distance: Math.hypot(thing.u, thing.v), error };
}

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

const watched = Object.fromEntries(SEVERITIES.map((severity) => [severity, watch(severity, 600)])) as Record<
  Severity,
  Watched
>;

describe('a simulated camera', () => {
  it('that is clean sees everything where it is, under one id', () => {
    const { frames, errors, tracksPerObject, phantoms } = watched.clean;
    expect(frames.every((frame) => frame !== undefined)).toBe(true);
    expect(rms(errors.map(({ error }) => error))).toBeLessThan(0.06);
    expect({ tracksPerObject, phantoms }).toEqual({ tracksPerObject: 1, phantoms: 0 });
  });

  it('is the same for the same seed', () => {
    expect(watch('awful', 20).frames).toEqual(watch('awful', 20).frames);
  });

  it('is worse with each severity: position, broken tracks, things that are not there', () => {
    const levels = SEVERITIES.map((severity) => watched[severity]);
    for (const [n, worse] of levels.entries()) {
      const better = levels[n - 1];
      if (!better) continue;
      expect(rms(worse.errors.map(({ error }) => error))).toBeGreaterThan(
        1.4 * rms(better.errors.map(({ error }) => error)),
      );
      expect(worse.tracksPerObject).toBeGreaterThan(better.tracksPerObject);
      expect(worse.phantoms).toBeGreaterThan(better.phantoms);
    }
  });

  it('is worse in rain than by day, and worse by night', () => {
    const [day, rain, night] = (['day', 'rain', 'night'] as const).map((light) =>
      rms(watch('fair', 300, 1, light).errors.map(({ error }) => error)),
    );
    expect(rain).toBeGreaterThan(1.05 * (day ?? NaN));
    expect(night).toBeGreaterThan(1.03 * (rain ?? NaN));
  });

  it('errs more the farther from the crosswalk', () => {
    const { errors } = watch('fair', 300, 3);
    const at = (least: number, most: number): number =>
      rms(errors.filter(({ distance }) => distance >= least && distance < most).map(({ error }) => error));
    expect(at(0, 10)).toBeLessThan(at(15, 25));
    expect(at(15, 25)).toBeLessThan(at(30, 45));
    expect(at(0, 10)).toBeLessThan(3 * FAULTS.fair.noiseMetres);
  });

  it('drops the share of frames that its severity says', () => {
    for (const severity of SEVERITIES) {
      const { frames } = watched[severity];
      const share = frames.filter((frame) => frame === undefined).length / frames.length;
      expect(Math.abs(share - FAULTS[severity].droppedFrames)).toBeLessThan(0.02);
    }
  });

  it('never goes back in time, and never shows one id twice in a frame', () => {
    for (const severity of SEVERITIES) {
      let last = 0;
      for (const frame of watched[severity].frames) {
        if (!frame) continue;
        expect(frame.timeMs).toBeGreaterThan(last);
        last = frame.timeMs;
        const keys = frame.objects.map(({ kind, track }) => trackKey(kind, track));
        expect(new Set(keys).size).toBe(keys.length);
      }
    }
  });

  it('misreads some plates, and says what its clock is worth', () => {
    const plates = (severity: Severity): Set<string> =>
      new Set(
        watched[severity].frames
          .flatMap((frame) => frame?.objects ?? [])
          .flatMap(({ plateText }) => plateText ?? []),
      );
    const clean = plates('clean');
    const wrong = [...plates('awful')].filter((plate) => !clean.has(plate));
    expect(wrong.length).toBeGreaterThan(0);
    expect([...plates('clean')].every((plate) => /^辽[A-Z][A-Z0-9]{5}$/.test(plate))).toBe(true);
    expect(watched.clean.clock).toEqual({ state: 'synchronised', maxErrorMs: 1 });
    expect(watched.awful.clock.state).toBe('holdover');
  });
});
