import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { Site } from '@wayside/contracts/site';
import { describe, expect, it } from 'vitest';
import { planStreets } from './layouts.ts';
import type { Light } from './light.ts';
import { siteOfPlan } from './site-of-plan.ts';
import { openStreet, runFor, type Street } from './street.ts';
import { rearOf } from './traffic.ts';

const LAYOUTS = 8;

/** A digest of all that moves, after each second. */
function digest(seed: number, sites: number, seconds: number): string {
  const hash = createHash('sha256');
  for (const plan of planStreets({ seed, sites })) {
    const street = openStreet(plan, seed);
    for (let second = 0; second < seconds; second++) {
      runFor(street, 1);
      hash.update(JSON.stringify(stateOf(street)));
    }
  }
  return hash.digest('hex');
}

const stateOf = ({ lanes, pedestrians, parked }: Street) => ({
  pedestrians,
  parked,
  lanes: lanes.map(({ vehicles }) => vehicles.map(({ lane, ...vehicle }) => ({ ...vehicle, lane: lane.id }))),
});

describe('a simulated street', () => {
  it('is the same, byte for byte, for the same seed, and another for another', () => {
    expect(digest(5, 3, 120)).toBe(digest(5, 3, 120));
    expect(digest(5, 3, 60)).not.toBe(digest(6, 3, 60));
  });

  it('is the same however many others there are', () => {
    const [alone] = planStreets({ seed: 9, sites: 1 });
    const [first] = planStreets({ seed: 9, sites: 20 });
    expect(first).toEqual(alone);
  });

  it('lets no two vehicles of a lane touch, in any layout, jam and overtaking included', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0.5, max: 3, noNaN: true }),
        (seed, busyness) => {
          for (const plan of planStreets({ seed, sites: LAYOUTS, busyness, lawlessShare: 0.4 })) {
            const street = openStreet(plan, seed);
            runFor(street, 120, () => {
              for (const { vehicles } of street.lanes)
                for (const [n, vehicle] of vehicles.entries()) {
                  const ahead = vehicles[n - 1];
                  if (ahead && rearOf(ahead) <= vehicle.s)
                    throw new Error(`${plan.id} at ${street.seconds}: ${vehicle.id} is in ${ahead.id}`);
                }
            });
          }
        },
      ),
      { numRuns: 6 },
    );
  });

  it('has people cross it and vehicles pass, at speeds that can be', () => {
    const seen = { vehicles: new Set<number>(), crossed: new Set<number>() };
    const [plan] = planStreets({ seed: 2, sites: 1 });
    if (!plan) throw new Error('no plan');
    const street = openStreet(plan, 2);
    runFor(street, 600, () => {
      for (const { vehicles } of street.lanes)
        for (const { id, speedMps } of vehicles) {
          seen.vehicles.add(id);
          if (!(speedMps >= 0 && speedMps < plan.speedLimitMps * 1.7)) throw new Error(`speed ${speedMps}`);
        }
      for (const { id, phase } of street.pedestrians) if (phase === 'crossing') seen.crossed.add(id);
    });
    expect(seen.vehicles.size).toBeGreaterThan(60);
    expect(seen.crossed.size).toBeGreaterThan(20);
  });

  it('is emptier and slower in rain, and by night more drivers do not see', () => {
    const about = (light: Light) => {
      let [vehicles, speeds, unseeing] = [0, 0, 0];
      const people = new Set<string>();
      for (const plan of planStreets({ seed: 3, sites: 4, light, lawlessShare: 0.5 })) {
        const seen = new Set<number>();
        const street = openStreet(plan, 3);
        runFor(street, 900, () => {
          for (const { id } of street.pedestrians) people.add(`${plan.id}/${id}`);
          for (const { id, driver } of street.lanes.flatMap((lane) => lane.vehicles)) {
            if (seen.has(id)) continue;
            seen.add(id);
            speeds += driver.desiredMps / plan.speedLimitMps;
            if (driver.disposition === 'unseeing') unseeing++;
          }
        });
        vehicles += seen.size;
      }
      return { vehicles, people: people.size, speed: speeds / vehicles, unseeing: unseeing / vehicles };
    };
    const [day, rain, night] = [about('day'), about('rain'), about('night')];
    expect(rain.vehicles).toBeLessThan(0.9 * day.vehicles);
    expect(night.people).toBeLessThan(0.8 * day.people);
    expect(rain.speed).toBeLessThan(0.95 * day.speed);
    expect(night.unseeing).toBeGreaterThan(1.4 * day.unseeing);
  });

  it('leaves who stopped at the line for somebody standing there until the way is free', () => {
    let stood = 0;
    for (const plan of planStreets({ seed: 6, sites: LAYOUTS, lawlessShare: 0 })) {
      const street = openStreet(plan, 6);
      const line = -plan.halfDepthMetres - plan.stopGapMetres;
      const at = new Map<number, number>();
      runFor(street, 300, () => {
        for (const { id, s, speedMps, yielding } of street.lanes.flatMap(({ vehicles }) => vehicles)) {
          const before = at.get(id);
          if (!yielding) at.delete(id);
          else if (before === undefined && speedMps === 0 && Math.abs(s - line) < 0.3) at.set(id, s);
          else if (before !== undefined) expect(s - before).toBeLessThan(0.1);
        }
        stood += at.size;
      });
    }
    expect(stood).toBeGreaterThan(100);
  });

  it('has nobody wait for ever for a vehicle that waits for them', () => {
    let longestSteps = 0;
    for (const plan of planStreets({ seed: 942, sites: LAYOUTS, busyness: 2, daringShare: 0.9 })) {
      const street = openStreet(plan, 942);
      const held = new Map<number, number>();
      runFor(street, 600, () => {
        const awaited = new Set(street.pedestrians.map(({ waitsFor }) => waitsFor));
        for (const vehicle of street.lanes.flatMap(({ vehicles }) => vehicles)) {
          const over = vehicle.s > -plan.halfDepthMetres && rearOf(vehicle) < plan.halfDepthMetres;
          const stands = over && vehicle.speedMps === 0 && awaited.has(vehicle.id);
          held.set(vehicle.id, stands ? (held.get(vehicle.id) ?? 0) + 1 : 0);
        }
        longestSteps = Math.max(longestSteps, ...held.values());
      });
    }
    expect(longestSteps / 10).toBeLessThan(30);
  });

  it('has hardly anybody run over, and nobody at speed', () => {
    let crossings = 0;
    const hits = new Set<string>();
    for (const plan of planStreets({ seed: 4, sites: LAYOUTS, lawlessShare: 0.5, busyness: 1.5 })) {
      const street = openStreet(plan, 4);
      const crossed = new Set<number>();
      runFor(street, 900, () => {
        for (const pedestrian of street.pedestrians.filter(({ phase }) => phase === 'crossing')) {
          crossed.add(pedestrian.id);
          for (const vehicle of vehiclesOver(street, pedestrian))
            hits.add(`${plan.id}/${vehicle.id}/${pedestrian.id}`);
        }
      });
      crossings += crossed.size;
    }
    expect(crossings).toBeGreaterThan(500);
    expect(hits.size / crossings).toBeLessThan(0.002);
  });
});

/** Those whose body covers the pedestrian while they move. */
const vehiclesOver = ({ lanes }: Street, { u, v }: { readonly u: number; readonly v: number }) =>
  lanes.flatMap(({ vehicles, direction }) =>
    vehicles.filter((vehicle) => {
      const along = direction * u;
      const over =
        along < vehicle.s && along > rearOf(vehicle) && Math.abs(v - vehicle.v) < vehicle.widthMetres / 2;
      return over && vehicle.speedMps > 3;
    }),
  );

describe('the site file of a simulated street', () => {
  it('is one of the contract, in every layout', () => {
    const site = Compile(Site);
    for (const plan of planStreets({ seed: 3, sites: 40 })) {
      const made = siteOfPlan(plan);
      expect([...site.Errors(made)]).toEqual([]);
      expect(made.approaches.flatMap(({ lanes }) => lanes)).toHaveLength(plan.lanes.length);
      expect(made.islands).toHaveLength(plan.islands.length);
    }
  });
});
