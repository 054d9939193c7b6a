import { describe, expect, it } from 'vitest';
import { addSample, quantile } from './latency.ts';
import { countVerdict, minuteSeries, type MinuteCounts } from './minutes.ts';

describe('the live numbers', () => {
  it('has no quantile of nothing and the nearest rank of something', () => {
    expect(quantile([], 0.5)).toBeUndefined();
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([quantile(hundred, 0.5), quantile(hundred, 0.95)]).toEqual([50, 95]);
  });

  it('keeps the newest samples only', () => {
    const samples = Array.from({ length: 900 }, (_, i) => i).reduce<readonly number[]>(addSample, []);
    expect([samples.length, samples[0]]).toEqual([500, 400]);
  });

  it('adds the sites of a minute and takes the larger of rollup and live', () => {
    const at = '2025-11-22T10:00:30Z';
    const live = countVerdict(countVerdict(new Map(), 'clear', at), 'clear', at);
    const minute = '2025-11-22T10:00:00Z';
    const series = minuteSeries({
      rollup: [
        { site: 'a', minute, outcome: 'clear', count: 1 },
        { site: 'a', minute, outcome: 'infraction', count: 2 },
        { site: 'b', minute, outcome: 'infraction', count: 3 },
      ],
      live,
      nowMs: Date.parse('2025-11-22T10:01:59Z'),
      minutes: 3,
    });
    expect(series.clear).toEqual([0, 2, 0]);
    expect(series.infraction).toEqual([0, 5, 0]);
    expect(series.seconds.at(-1)).toBe(Date.parse('2025-11-22T10:01:00Z') / 1000);
  });

  it('forgets the oldest minute beyond its bound', () => {
    let counts: MinuteCounts = new Map();
    for (let m = 0; m < 300; m++) counts = countVerdict(counts, 'clear', new Date(m * 60_000).toISOString());
    expect(counts.size).toBe(180);
    expect(counts.has(299)).toBe(true);
  });
});
