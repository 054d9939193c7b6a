import { describe, expect, it } from 'vitest';
import { birth, lastWill, observations, report } from '../testing/messages.ts';
import { sightingsOf } from './device-sightings.ts';

const at = (receivedAtMs: number, message: unknown) => ({
  message: message as never,
  payload: '',
  receivedAtMs,
});

describe('what a batch tells of its devices', () => {
  it('is the newest of each thing a device said, devices in order', () => {
    expect(
      sightingsOf([
        at(1, report({ sequence: 4 })),
        at(2, birth({ sequence: 1 })),
        at(3, observations({ sequence: 2 })),
        at(4, lastWill({})),
      ]),
    ).toEqual([
      {
        device: 'cam-1',
        kind: 'camera',
        state: 'lost',
        bootId: 'boot-1',
        lastSeenMs: 4,
        lastSequence: 2,
        software: 'test 1.0',
        siteId: 'site-1',
        clockState: 'synchronised',
      },
      expect.objectContaining({
        device: 'handheld-1',
        kind: 'handheld',
        state: 'online',
        software: undefined,
      }),
    ]);
  });
});
