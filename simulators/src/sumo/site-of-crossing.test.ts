import { Site } from '@wayside/contracts/site';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { fcdXml, NETWORK, recorded } from './testing.ts';

const run = fcdXml({
  seconds: 0.2,
  people: () => [{ id: 'p', x: 100, y: 50, angle: 0, speed: 1 }],
});

describe('the site of a crossing in a network', () => {
  it('has the crossing with its width about its middle, and the lanes that lead over it', async () => {
    const { site, clip } = await recorded({ 'Rush hour.fcd.xml': run });
    expect(Check(Site, site)).toBe(true);
    expect(clip).toBe('rush-hour-m_c0');
    expect(site.devices).toEqual(['cam-rush-hour-m-c0']);
    expect([...site.crosswalk].sort()).toEqual([
      [-2, -3.2],
      [-2, 3.2],
      [2, -3.2],
      [2, 3.2],
    ]);
    expect(Math.abs(Math.sin(site.crossingAxisRadians))).toBeCloseTo(1);
    expect(site.approaches.map(({ headingRadians, lanes }) => [headingRadians, lanes.length])).toEqual([
      [3.142, 1],
      [0, 1],
    ]);
    const [west, east] = site.approaches;
    expect(west?.lanes[0]).toMatchObject({ widthMetres: 3.2 });
    expect([west?.lanes[0]?.centreline[0], west?.lanes[0]?.centreline.at(-1)]).toEqual([
      [45, 1.6],
      [-45, 1.6],
    ]);
    expect(west?.stopLine).toBeUndefined();
    expect(east?.stopLine).toEqual([
      [-2, -3.2],
      [-2, 0],
    ]);
    expect(site.drivingSide).toBe('right');
    expect(site.origin).toBe('simulation');
  });

  it('drives on the left where the network does', async () => {
    const left = NETWORK.replace('<net version="1.9">', '<net version="1.9" lefthand="true">');
    const { site } = await recorded({ 'net.net.xml': left, 'run.fcd.xml': run });
    expect(site.drivingSide).toBe('left');
  });

  it('leaves out a lane it cannot read, tells of it by line, and goes on with the other', async () => {
    const broken = NETWORK.replace('shape="98.00,51.60 0.00,51.60"', 'shape="98.00"');
    const { site, rejects } = await recorded({ 'net.net.xml': broken, 'run.fcd.xml': run });
    expect(site.approaches).toHaveLength(1);
    expect(rejects.rows).toEqual([
      {
        file: 'net.net.xml',
        line: 24,
        reason: 'lane "west-out_1" has no shape of two points or more: it is left out',
      },
    ]);
  });
});
