import { createHash } from 'node:crypto';

const START_MS = Date.parse('2017-09-01T00:00:00Z');
const HOUR_MS = 3_600_000;

/**
 * When a clip without a date is taken to have begun: 2017-09-01T00:00Z and as many hours later as the clip's number,
 * so that event times, and with them all ids, are the same on every run and clips do not overlap.
 */
export function recordingStartMs(clip: string): number {
  const digits = /(\d{1,4})\D*$/.exec(clip)?.[1];
  const number = digits === undefined ? hashed(clip) : Number(digits);
  return START_MS + number * HOUR_MS;
}

const hashed = (clip: string): number => createHash('sha256').update(clip).digest().readUInt16BE(0) % 10_000;
