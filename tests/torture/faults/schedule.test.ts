import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from './kinds.ts';
import { scheduleOf } from './schedule.ts';

const targets = {
  link: ['judge-1 postgres', 'devices house'],
  part: ['judge-1', 'worker-1'],
  host: ['host-house'],
  bare: ['house-raw-1'],
  postgres: ['postgres'],
  redis: ['redis'],
  mosquitto: ['mosquitto'],
  kafka: ['kafka'],
};
const half = { lengthMs: 1_800_000, gapMs: 1_700, targets };

describe('the schedule of a run', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(scheduleOf({ ...half, seed: 5 })).toEqual(scheduleOf({ ...half, seed: 5 }));
    expect(scheduleOf({ ...half, seed: 5 })).not.toEqual(scheduleOf({ ...half, seed: 6 }));
  });

  it('has a thousand faults in half an hour, of every kind, in order of time', () => {
    const faults = scheduleOf({ ...half, seed: 1 });
    expect(faults.length).toBeGreaterThan(1_000);
    const kinds = new Set(faults.map(({ group, kind }) => `${group} ${kind}`));
    const server = Object.entries(FAULT_KINDS).filter(([group]) => group !== 'house');
    const all = server.flatMap(([group, of]) => of.map(({ name }) => `${group} ${name}`));
    expect([...kinds].sort()).toEqual(all.sort());
    expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    expect(faults.at(-1)?.atMs).toBeLessThan(half.lengthMs);
  });

  it('hurts only who is there, and only as it is told to', () => {
    const faults = scheduleOf({ ...half, seed: 2, targets: { part: ['judge-1'] }, only: ['part kill'] });
    expect(faults.length).toBeGreaterThan(900);
    expect(new Set(faults.map(({ kind, target }) => `${kind} ${target}`))).toEqual(new Set(['kill judge-1']));
    const lines = scheduleOf({ ...half, seed: 2, hurt: ['devices'] });
    expect(new Set(lines.map(({ target }) => target))).toEqual(new Set(['devices house']));
  });
});
