import { describe, expect, it } from 'vitest';
import { configFaults, isLoopback, type HouseConfig } from './config.ts';

const good: HouseConfig = {
  dataDir: '.wayside',
  profile: 'cn',
  http: { host: '127.0.0.1', port: 8080 },
  mqtt: { host: '127.0.0.1', port: 1883 },
  sweepIntervalMs: 2000,
  retentionHours: 72,
};

describe('the configuration of a house', () => {
  it('is good with the defaults of the command line', () => {
    expect(configFaults(good)).toEqual([]);
  });

  it('names every fault at once', () => {
    const faults = configFaults({ ...good, dataDir: '', http: { host: '127.0.0.1', port: 99_999 } });
    expect(faults).toHaveLength(2);
    expect(faults.join('\n')).toMatch(/dataDir[^]*http\.port/);
  });

  it('does not bind to an outside address without secrets', () => {
    const outside = { ...good, http: { host: '0.0.0.0', port: 8080 }, mqtt: { host: '0.0.0.0', port: 1883 } };
    expect(configFaults(outside)).toHaveLength(2);
    expect(configFaults({ ...outside, apiToken: 'a'.repeat(16), devicePassword: 'b'.repeat(16) })).toEqual(
      [],
    );
  });

  it('knows loopback from look-alikes', () => {
    expect(['localhost', '127.0.0.1', '127.8.8.8', '::1'].every(isLoopback)).toBe(true);
    expect(['127.0.0.1.example.org', '0.0.0.0', '10.0.0.1'].some(isLoopback)).toBe(false);
  });
});
