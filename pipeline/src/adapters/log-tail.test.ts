import { describe, expect, it } from 'vitest';
import type { LoggedMessage } from '../app/event-log.ts';
import { LogTail } from './log-tail.ts';

const at = (offset: number, partition = 0): LoggedMessage => ({
  partition,
  offset,
  receivedAtMs: 0,
  message: {} as LoggedMessage['message'],
});
const offsets = (messages: readonly LoggedMessage[]): number[] => messages.map(({ offset }) => offset);

describe('the tail of a log', () => {
  it('has what was appended, from any offset of it', () => {
    const tail = new LogTail();
    for (let offset = 5; offset <= 9; offset++) tail.add(at(offset), 10);
    expect(offsets(tail.read(0, 5, 2))).toEqual([5, 6]);
    expect(offsets(tail.read(0, 8, 10))).toEqual([8, 9]);
    expect(tail.read(0, 10, 10)).toEqual([]);
  });

  it('has nothing from before it began, nor of another partition', () => {
    const tail = new LogTail();
    tail.add(at(5), 10);
    expect(tail.read(0, 4, 10)).toEqual([]);
    expect(tail.read(1, 5, 10)).toEqual([]);
  });

  it('begins anew behind a gap that another process filled', () => {
    const tail = new LogTail();
    for (const offset of [1, 2, 5, 6]) tail.add(at(offset), 10);
    expect(tail.read(0, 2, 10)).toEqual([]);
    expect(offsets(tail.read(0, 5, 10))).toEqual([5, 6]);
  });

  it('forgets the oldest when it is full', () => {
    const tail = new LogTail(100);
    for (let offset = 1; offset <= 1000; offset++) tail.add(at(offset), 10);
    expect(tail.read(0, 900, 10)).toEqual([]);
    expect(offsets(tail.read(0, 999, 10))).toEqual([999, 1000]);
  });
});
