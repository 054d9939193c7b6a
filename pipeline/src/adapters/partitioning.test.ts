import { describe, expect, it } from 'vitest';
import type { Queryable } from '../app/database.ts';
import { birth, lastWill, observations, report, testSite } from '../testing/messages.ts';
import { partitionOf, partitionsOf } from './partitioning.ts';

const incoming = (message: Parameters<typeof JSON.stringify>[0]) => ({
  message: message as never,
  payload: '',
  receivedAtMs: 0,
});
const knowing = (rows: readonly object[]): Queryable => ({ query: () => Promise.resolve(rows as never) });
const COUNT = 16;

describe('the partition of a message', () => {
  it('is that of its site, whichever device speaks', async () => {
    const site = testSite({ id: 'plaza' });
    const messages = [
      birth({ device: 'cam-7', sequence: 1, site }),
      observations({ device: 'cam-9', sequence: 1, site }),
    ];
    expect(await partitionsOf(knowing([]), messages.map(incoming), COUNT)).toEqual(
      Array<number>(2).fill(partitionOf('plaza', COUNT)),
    );
  });

  it('is that of the site its device named last, where it names none: earlier in the batch, or in the store', async () => {
    const site = testSite({ id: 'plaza' });
    const will = incoming(lastWill({ device: 'cam-7' }));
    const expected = partitionOf('plaza', COUNT);
    expect(
      (
        await partitionsOf(
          knowing([]),
          [incoming(birth({ device: 'cam-7', sequence: 1, site })), will],
          COUNT,
        )
      )[1],
    ).toBe(expected);
    expect(await partitionsOf(knowing([{ id: 'cam-7', site_id: 'plaza' }]), [will], COUNT)).toEqual([
      expected,
    ]);
  });

  it('is that of its device where there is no site', async () => {
    expect(await partitionsOf(knowing([]), [incoming(report({ sequence: 1 }))], COUNT)).toEqual([
      partitionOf('handheld-1', COUNT),
    ]);
  });

  it('spreads sites over all partitions', () => {
    const used = new Set(Array.from({ length: 400 }, (_, i) => partitionOf(`site-${i}`, COUNT)));
    expect(used.size).toBe(COUNT);
  });
});
