import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { benchTop } from '../testing/bench-top.ts';
import { sampleSite, START_MS } from '../testing/samples.ts';
import { runProgram } from './program.ts';

const top = benchTop();
afterEach(() => top.clear());

const governed = {
  ...sampleSite,
  devices: ['camera-1', 'signal-1'],
  approaches: [
    {
      id: 'west',
      headingRadians: 0,
      lanes: [],
      stopLine: [
        [-4, -4],
        [-4, 0],
      ],
      signal: { group: 'west' },
    },
  ],
};

async function run(site: object, args: readonly string[], input = '') {
  const dir = await top.dir();
  const file = join(dir, 'site.json');
  await writeFile(file, JSON.stringify(site));
  let [out, err] = ['', ''];
  const io = {
    env: {},
    input: Readable.from([Buffer.from(input)]),
    write: (text: string) => void (out += text),
    logger: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    software: 'test 1',
  };
  const all = ['signal', '--site', file, '--data', dir, ...args];
  const code = await runProgram(all, io, (text) => void (err += text));
  return { code, out, err };
}

describe('wayside-edge signal', () => {
  it('publishes what a controller pipes in and says what became of it', async () => {
    const broker = await top.broker();
    const lines = [
      { timeMs: START_MS, group: 'west', state: 'green' },
      { timeMs: START_MS + 1500, group: 'west', state: 'red' },
      { timeMs: START_MS + 4000 },
    ];
    const input = lines.map((line) => JSON.stringify(line)).join('\n');
    const args = ['--device', 'signal-1', '--broker', broker.url, '--recorded', '--json'];
    const { code, out } = await run(governed, args, `${input}\nnonsense\n`);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      device: 'signal-1',
      site: 'corner',
      changes: 2,
      pieces: 2,
      dropped: 0,
      faults: {},
      rejectedLines: 1,
      left: 0,
    });
    expect(broker.arrivals.map(({ message }) => message.type.split('.')[2])).toEqual([
      'status',
      'signals',
      'signals',
      'status',
    ]);
  });

  it('says every problem at once: no signal at the site, a device that is not of it', async () => {
    const { code, err } = await run(sampleSite, ['--device', 'signal-9']);
    expect(code).toBe(2);
    expect(err).toContain('"signal-9" is not among the devices');
    expect(err).toContain('no approach has a signal and a stop line');
  });
});
