import type { LiveEvent } from '@wayside/contracts/http';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createInProcessBus } from './in-process-bus.ts';

const event: LiveEvent = {
  kind: 'device',
  device: 'camera-1',
  state: 'online',
  at: '2026-05-01T00:00:00.000Z',
};

describe('the live bus', () => {
  it('reaches everybody who listens, until they stop, and one that fails harms nobody else', () => {
    const bus = createInProcessBus(pino({ level: 'silent' }));
    const heard: string[] = [];
    bus.subscribe(() => {
      throw new Error('a page that broke');
    });
    const stop = bus.subscribe(({ kind }) => heard.push(kind));
    bus.publish(event);
    stop();
    bus.publish(event);
    expect(heard).toEqual(['device']);
  });
});
