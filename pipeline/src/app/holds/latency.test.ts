import { describe, expect, it } from 'vitest';
import { createLatencyRecorder } from './latency.ts';

describe('latency', () => {
  it('is unknown before the first hold', () => {
    expect(createLatencyRecorder().summary()).toEqual({ count: 0, p50: null, p95: null, p99: null });
  });

  it('is given by nearest rank', () => {
    const latency = createLatencyRecorder();
    for (let ms = 100; ms >= 1; ms--) latency.add(ms);
    expect(latency.summary()).toEqual({ count: 100, p50: 50, p95: 95, p99: 99 });
  });

  it('is that of the newest holds, however many there were', () => {
    const latency = createLatencyRecorder(4);
    for (const ms of [900, 900, 1, 2, 3, 4]) latency.add(ms);
    expect(latency.summary()).toEqual({ count: 6, p50: 2, p95: 4, p99: 4 });
  });
});
