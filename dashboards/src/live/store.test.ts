import { describe, expect, it } from 'vitest';
import { createLiveStore } from './store.ts';

describe('the live store', () => {
  it('counts a resumption after a break or a gap, and none for the first opening', () => {
    const store = createLiveStore(() => 0);
    for (const line of ['connecting', 'open'] as const) store.takeLine(line);
    expect(store.get().resumed).toBe(0);
    for (const line of ['broken', 'connecting', 'open'] as const) store.takeLine(line);
    expect(store.get().resumed).toBe(1);
    store.takeGap();
    expect(store.get().resumed).toBe(2);
  });

  it('gathers hold times and minutes, and keeps the street out of its state', () => {
    const store = createLiveStore(() => 7);
    const before = store.get();
    store.takeEvent({ kind: 'street', site: 'north', at: '2025-11-22T10:00:00Z', objects: [] });
    expect(store.get()).toBe(before);
    expect(store.street.street('north')?.snapshots).toHaveLength(1);
    const account = `road:plate_${'a'.repeat(43)}`;
    const hold = { kind: 'hold', infractionId: 'x', account, points: 3, at: '2025-11-22T10:00:00Z' } as const;
    store.takeEvent({ ...hold, detectionToHoldMs: 90 });
    store.takeEvent({ ...hold, detectionToHoldMs: null });
    expect(store.get().holdTimesMs).toEqual([90]);
  });

  it('announces many changes at once, not one by one', async () => {
    const store = createLiveStore(() => 0);
    let announced = 0;
    const stop = store.subscribe(() => (announced += 1));
    for (let i = 0; i < 100; i++) store.takeSignal();
    await new Promise((resolve) => setTimeout(resolve, 200));
    stop();
    expect(announced).toBe(1);
  });

  it('starts a street anew where a recording starts over', () => {
    const { street, takeEvent } = createLiveStore(() => 0);
    for (const second of [1, 2, 3, 1])
      takeEvent({ kind: 'street', site: 'clip', at: `2025-11-22T10:00:0${second}Z`, objects: [] });
    expect(street.street('clip')?.snapshots).toHaveLength(1);
  });
});
