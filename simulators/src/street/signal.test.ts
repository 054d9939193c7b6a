import { describe, expect, it } from 'vitest';
import { controllerSource } from '../live/controller-source.ts';
import { lineRecorder, type TrueLine } from '../truth/line-truth.ts';
import { planStreets } from './layouts.ts';
import type { StreetPlan } from './plan.ts';
import { lightAt, nextChange, walkersMayGo } from './signal-programme.ts';
import { siteOfPlan } from './site-of-plan.ts';
import { openStreet } from './street.ts';

const asked = { seed: 1, busyness: 2, lawlessShare: 0.55, daringShare: 0.9 };
const plan = planStreets({ ...asked, sites: 0, signals: 1 })[0] as StreetPlan;
const signal = plan.signal ?? { greenSeconds: 0, amberSeconds: 0, redSeconds: 0, offsetSeconds: 0 };

function hourOf(seed: number): readonly TrueLine[] {
  const street = openStreet(plan, seed);
  const recorder = lineRecorder(street, signal, 0);
  const lines: TrueLine[] = [];
  for (let step = 0; step < 36_000; step++) {
    street.step();
    lines.push(...recorder.observe());
    if (lightAt(signal, street.seconds) === 'green' || walkersMayGo(signal, street.seconds)) continue;
    const setOut = street.pedestrians.filter((one) => one.phase === 'crossing' && one.phaseSeconds < 0.05);
    expect(setOut).toEqual([]);
  }
  return lines;
}

describe('a street with a signal', () => {
  const lines = hourOf(1);

  it('has drivers who stop for red, and some of those who do not mean to run it', () => {
    const ran = lines.filter(({ redLight }) => redLight === 'infraction');
    expect(ran.length).toBeGreaterThan(5);
    expect(new Set(ran.map(({ disposition }) => disposition))).toEqual(new Set(['runs-red']));
    expect(lines.length).toBeGreaterThan(400);
  });

  it('has drivers who drive too fast, and others who do not by much', () => {
    const fast = lines.filter(({ meanMps, limitMps }) => meanMps > 1.3 * limitMps);
    expect(fast.length).toBeGreaterThan(5);
    expect(new Set(fast.map(({ disposition }) => disposition))).toEqual(new Set(['speeds']));
  });

  it('is the same for the same seed, and changes no other street', () => {
    expect(hourOf(1)).toEqual(lines);
    expect(planStreets({ ...asked, sites: 4, signals: 2 }).slice(0, 4)).toEqual(
      planStreets({ ...asked, sites: 4 }),
    );
  });

  it('has a site whose approaches name the group, and a controller among its devices', () => {
    const site = siteOfPlan(plan);
    expect(site.devices).toEqual(['cam-signal-01', 'light-signal-01']);
    for (const { signal: governed, stopLine, speedLimitMps } of site.approaches) {
      expect(governed).toEqual({ group: 'vehicles' });
      expect(stopLine).toBeDefined();
      expect(speedLimitMps).toBeCloseTo(plan.speedLimitMps, 2);
    }
  });
});

describe('a simulated controller', () => {
  it('tells every change at its moment, and covers the time between', async () => {
    let nowMs = 0;
    const source = controllerSource({
      site: siteOfPlan(plan),
      programme: signal,
      zeroMs: 1e12,
      fromSeconds: 60,
      durationSeconds: 120,
      speed: 1,
      clock: () => (nowMs += 600),
    });
    let before = 0;
    for await (const { timeMs, state } of source.changes(new AbortController().signal)) {
      expect(timeMs).toBeGreaterThanOrEqual(before);
      if (before > 0) expect(timeMs - before).toBeLessThanOrEqual(500);
      const seconds = (timeMs - 1e12) / 1000;
      if (state) expect(lightAt(signal, seconds + 0.002)).toBe(state);
      else expect(nextChange(signal, seconds - 0.4)).toBeGreaterThan(seconds - 0.4);
      before = timeMs;
    }
    expect(before).toBeGreaterThanOrEqual(1e12 + 180_000);
  });
});
