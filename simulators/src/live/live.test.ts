import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planStreets } from '../street/layouts.ts';
import type { StreetPlan } from '../street/plan.ts';
import { liveSource } from './live-source.ts';
import { simulateStreet, type TruthLine } from './simulated-street.ts';
import { openTruthFile } from './truth-file.ts';
import { warmUpSecondsBefore } from './warm-start.ts';

const plan = planStreets({
  seed: 1,
  sites: 1,
  busyness: 2,
  lawlessShare: 0.55,
  daringShare: 0.9,
})[0] as StreetPlan;

describe('a live street', () => {
  it('shows an infraction shortly after a warm start, as it was found to', () => {
    const warmUpSeconds = warmUpSecondsBefore(plan, 1, 5);
    const truth: TruthLine[] = [];
    const startMs = 1e12;
    const street = simulateStreet({
      plan,
      seed: 1,
      severity: 'fair',
      startMs,
      warmUpSeconds,
      onTruth: (line) => truth.push(line),
    });
    for (let step = 0; step < 50; step++) street.next();
    const infractions = truth.filter(
      (line) => line.kind === 'encounter' && line.failToYield['lane-and-half'] === 'infraction',
    );
    expect(infractions).toContainEqual(expect.objectContaining({ site: plan.id }));
  });

  it('keeps the pace it is told, and ends when its time is over', async () => {
    const street = simulateStreet({ plan, seed: 1, severity: 'clean', startMs: 1e12, warmUpSeconds: 0 });
    const source = liveSource({ street, speed: 20, durationSeconds: 4 });
    const began = performance.now();
    const times: number[] = [];
    for await (const { timeMs } of source.frames(new AbortController().signal)) times.push(timeMs);
    expect(performance.now() - began).toBeGreaterThanOrEqual(195);
    expect(times).toHaveLength(40);
    expect(times.at(-1)).toBe(1e12 + 4000);
  });

  it('gives what has passed already without waiting, and goes on at its pace', async () => {
    const street = simulateStreet({ plan, seed: 1, severity: 'clean', startMs: 1e12, warmUpSeconds: 0 });
    const nowMs = 5_000;
    const source = liveSource({
      ...{ street, speed: 1, durationSeconds: 60, passedSeconds: 4 },
      clock: () => nowMs,
    });
    const times: number[] = [];
    const frames = async () => {
      for await (const { timeMs } of source.frames(AbortSignal.timeout(50))) times.push(timeMs);
    };
    await expect(frames()).rejects.toMatchObject({ name: 'AbortError' });
    expect(times).toHaveLength(40);
  });

  it('ends at once when it is told to', async () => {
    const street = simulateStreet({ plan, seed: 1, severity: 'clean', startMs: 1e12, warmUpSeconds: 0 });
    const frames = liveSource({ street, speed: 0.001, durationSeconds: 60 }).frames(AbortSignal.timeout(20));
    await expect(frames[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a truth file', () => {
  it('has every line when it is closed, and says so where it cannot be written', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'wayside-truth-'));
    const truth = await openTruthFile(join(dir, 'deep', 'truth.ndjson'));
    for (let n = 0; n < 1000; n++) truth.write({ n });
    await truth.close();
    const lines = (await readFile(join(dir, 'deep', 'truth.ndjson'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual(
      Array.from({ length: 1000 }, (_, n) => n),
    );
    await expect(openTruthFile(dir)).rejects.toMatchObject({ code: 'EISDIR' });
    await rm(dir, { recursive: true });
  });
});
