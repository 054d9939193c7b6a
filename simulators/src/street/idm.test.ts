import { describe, expect, it } from 'vitest';
import { freeAcceleration, interaction, stoppingAcceleration, type IdmDriver } from './idm.ts';

const driver: IdmDriver = {
  desiredMps: 14,
  headwaySeconds: 1.5,
  accelerationMps2: 1.5,
  comfortableDecelerationMps2: 2,
  standingGapMetres: 2,
  twiceMeanMps2: 2 * Math.sqrt(3),
};

describe('the Intelligent Driver Model', () => {
  it('comes to its desired speed on a free road and stays there', () => {
    let speed = 0;
    for (let step = 0; step < 600; step++) speed += 0.1 * freeAcceleration(driver, speed, driver.desiredMps);
    expect(speed).toBeCloseTo(14, 1);
  });

  it('keeps the equilibrium gap behind a steady leader', () => {
    const speed = 10;
    const gap = (2 + speed * 1.5) / Math.sqrt(1 - (speed / 14) ** 4);
    expect(freeAcceleration(driver, speed, 14) - interaction(driver, speed, speed, gap)).toBeCloseTo(0, 10);
  });

  it('brakes harder the nearer and the faster it closes', () => {
    expect(interaction(driver, 10, 10, 10)).toBeGreaterThan(interaction(driver, 10, 10, 20));
    expect(interaction(driver, 10, 5, 20)).toBeGreaterThan(interaction(driver, 10, 10, 20));
  });

  it('stops at a point from any speed and distance that allow it', () => {
    for (const [speed, metres] of [
      [14, 60],
      [14, 20],
      [5, 3],
      [2, 1],
    ] as const) {
      let [v, s] = [speed as number, 0];
      for (let step = 0; step < 1200; step++) {
        const free = freeAcceleration(driver, v, 14);
        const a = Math.max(-8, Math.min(free, stoppingAcceleration(v, metres - s, 2)));
        const next = Math.max(0, v + a * 0.1);
        s += ((v + next) / 2) * 0.1;
        v = next;
      }
      expect(s).toBeLessThan(metres + 0.1);
      expect(s).toBeGreaterThan(metres - 1.5);
    }
  });
});
