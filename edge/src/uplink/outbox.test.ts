import { afterEach, describe, expect, it } from 'vitest';
import { benchTop } from '../testing/bench-top.ts';
import { openOutboxStore } from './outbox-store.ts';
import type { Outbox } from './outbox.ts';

const top = benchTop();
afterEach(() => top.clear());

const text = (sequence: number) => Buffer.from(`message ${sequence}`);
const read = async (outbox: Outbox, after: number, limit = 100) =>
  (await outbox.after(after, limit)).map(({ sequence, channel, payload }) => [
    sequence,
    channel,
    payload.toString(),
  ]);

describe('an outbox', () => {
  it('gives messages back in order and from where it is asked', async () => {
    const outbox = await (await top.store()).outbox('camera-1');
    for (let i = 0; i < 12; i++) await outbox.append(i === 3 ? 'status' : 'observations', text);
    expect(await read(outbox, 0, 2)).toEqual([
      [1, 'observations', 'message 1'],
      [2, 'observations', 'message 2'],
    ]);
    expect(await read(outbox, 3, 1)).toEqual([[4, 'status', 'message 4']]);
    expect((await read(outbox, 8)).map(([sequence]) => sequence)).toEqual([9, 10, 11, 12]);
  });

  it('keeps its messages, its count and its last number when the store is opened again', async () => {
    const dir = await top.dir();
    const store = await top.store(dir);
    const before = await store.outbox('camera-1');
    const keys = [];
    for (let i = 0; i < 4; i++) keys.push(await before.append('observations', text));
    for (const key of keys.slice(0, 2)) await before.remove(key);
    await before.noteDropped(3);
    await store.close();

    const after = await (await top.store(dir)).outbox('camera-1');
    expect(after).toMatchObject({ waiting: 2, waitingBytes: 18, lastSequence: 4, dropped: 3 });
    expect((await after.append('reports', text)).sequence).toBe(5);
  });

  it('keeps devices apart', async () => {
    const store = await top.store();
    const [one, two] = [await store.outbox('camera-1'), await store.outbox('camera-10')];
    await one.append('observations', text);
    await two.append('observations', text);
    await two.append('observations', text);
    expect(await read(one, 0)).toHaveLength(1);
    expect(await read(two, 0)).toHaveLength(2);
  });

  it('works with fsync', async () => {
    const store = await openOutboxStore(await top.dir(), { fsync: true });
    top.later(() => store.close());
    const outbox = await store.outbox('camera-1');
    await outbox.append('observations', text);
    expect(await read(outbox, 0)).toHaveLength(1);
  });

  it('fails with a code where the database is closed under it, and counts nothing as stored', async () => {
    const store = await top.store();
    const outbox = await store.outbox('camera-1');
    await store.close();
    await expect(outbox.append('observations', text)).rejects.toMatchObject({ code: 'outbox-write-failed' });
    expect(outbox.waiting).toBe(0);
  });
});
