import type { ObservationBatch } from '@wayside/contracts/observation-batch';
import type { StopOptions, Uplink } from '@wayside/edge/uplink/uplink';
import { describe, expect, it } from 'vitest';
import { resumedUplink } from './resumed-uplink.ts';

const batch: ObservationBatch = {
  site: { id: 'a', version: 'f'.repeat(64) },
  clock: { state: 'synchronised' },
  frames: { startMs: 0, dtMs: [0] },
  objects: [],
};

function fakeUplink() {
  const sent: number[] = [];
  const stops: StopOptions[] = [];
  const uplink: Uplink = {
    device: 'cam-a',
    bootId: 'rec-1',
    window: 4,
    send: (_channel, timeMs) => Promise.resolve({ kind: 'stored', sequence: sent.push(timeMs) }),
    waitingAtMost: () => Promise.resolve(),
    drained: () => Promise.resolve(),
    stats: () => ({ waiting: 0, inFlight: 0, acknowledged: 0, refused: 0, dropped: 0, connected: true }),
    stop: (options) => Promise.resolve({ left: 0, n: stops.push(options) }),
  };
  return { uplink, sent, stops };
}

/** Sends three batches through an uplink of which `stored` messages are stored, and stops. */
async function run(stored: number, abortAfter = Infinity) {
  const { uplink, sent, stops } = fakeUplink();
  const abort = new AbortController();
  const resumed = resumedUplink(uplink, stored, abort.signal);
  for (let n = 0; n < 3; n++) {
    if (n >= abortAfter) abort.abort();
    await resumed.uplink.send('observations', n, batch);
  }
  await resumed.uplink.stop({ flushTimeoutMs: 9 });
  return { sent, farewell: stops[0]?.toBeContinued === false, complete: resumed.complete() };
}

describe('a resumed uplink', () => {
  it('stores every batch and the last word of a boot that has not begun, or only its birth', async () => {
    for (const stored of [0, 1])
      expect(await run(stored)).toEqual({ sent: [0, 1, 2], farewell: true, complete: true });
  });

  it('leaves out exactly what is stored', async () => {
    expect(await run(3)).toEqual({ sent: [2], farewell: true, complete: true });
    expect(await run(4)).toEqual({ sent: [], farewell: true, complete: true });
  });

  it('does not say the last word twice', async () => {
    expect(await run(5)).toEqual({ sent: [], farewell: false, complete: true });
  });

  it('stores no torn batch and says no last word when it is interrupted, even among what is stored', async () => {
    expect(await run(0, 1)).toEqual({ sent: [0], farewell: false, complete: false });
    expect(await run(4, 1)).toEqual({ sent: [], farewell: false, complete: false });
  });

  it('refuses to go on where more is stored than the recording makes', async () => {
    await expect(run(7)).rejects.toThrow('more is stored');
  });
});
