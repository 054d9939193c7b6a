import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { benchTop } from '../testing/bench-top.ts';
import { freePort } from '../testing/broker.ts';
import { sampleSite, START_MS } from '../testing/samples.ts';
import { runProgram } from './program.ts';

const top = benchTop();
afterEach(() => top.clear());

async function run(
  args: readonly string[],
  { env = {}, input = '', signal = new AbortController().signal } = {},
) {
  let out = '';
  let err = '';
  const code = await runProgram(
    args,
    {
      env,
      input: Readable.from([Buffer.from(input)]),
      write: (text) => void (out += text),
      logger: pino({ level: 'silent' }),
      signal,
      software: '@wayside/edge 0.0.0',
    },
    (text) => void (err += text),
  );
  return { code, out, err, json: () => JSON.parse(out) as unknown };
}

const line = (dtMs: number) =>
  JSON.stringify({
    timeMs: START_MS + dtMs,
    objects: [{ track: '1', kind: 'car', xMetres: 1, yMetres: 2, plateText: 'AB12 CDE' }],
  });

const reportInput = {
  seat: { operator: 'demo-rail', train: 'G101', serviceDate: '2026-05-01', coach: '5', place: '12A' },
  section: { from: 'North', to: 'South', fromStop: 0, toStop: 4 },
  reservations: [],
  askedAtMs: START_MS,
  answer: 'refused',
  answeredAtMs: START_MS + 9000,
  conductor: 'C-17',
  simulated: true,
};

async function files() {
  const dir = await top.dir();
  const [site, report] = [join(dir, 'site.json'), join(dir, 'report.json')];
  await writeFile(site, JSON.stringify(sampleSite));
  await writeFile(report, JSON.stringify(reportInput));
  return { dir, site, report };
}

describe('wayside-edge camera', () => {
  it('publishes what a tracker pipes in and says what became of it', async () => {
    const broker = await top.broker();
    const { dir, site } = await files();
    const input = [line(0), 'nonsense', line(500), line(1200)].join('\n');
    const args = [
      'camera',
      '--site',
      site,
      '--broker',
      broker.url,
      '--data',
      dir,
      '--speed',
      'max',
      '--json',
    ];
    const { code, json } = await run(args, { input });
    expect(code).toBe(0);
    expect(json()).toEqual({
      device: 'camera-1',
      site: 'corner',
      frames: 3,
      observations: 3,
      batches: 2,
      droppedFrames: 0,
      faults: {},
      rejectedLines: 1,
      left: 0,
    });
    expect(broker.arrivals.map(({ message }) => message.type.split('.')[2])).toEqual([
      'status',
      'observations',
      'observations',
      'status',
    ]);
    expect(broker.arrivals[0]?.message.data).toMatchObject({ site: sampleSite });
    expect(await readFile(join(dir, 'rejected.ndjson'), 'utf8')).toContain('"line":2');
    expect(JSON.stringify(broker.arrivals)).not.toContain('AB12');
  });

  it('keeps what it cannot deliver, says so, and delivers it at the next start', async () => {
    const port = await freePort();
    const { dir, site } = await files();
    const args = ['camera', '--site', site, '--broker', `mqtt://127.0.0.1:${port}`, '--data', dir];
    const first = await run([...args, '--flush-seconds', '0.05'], { input: line(0) });
    expect(first.code).toBe(0);
    expect(first.out).toContain('3 messages wait in the outbox');

    const broker = await top.broker({ port });
    const second = await run([...args, '--json'], { input: '' });
    expect(second.json()).toMatchObject({ frames: 0, left: 0 });
    expect(broker.arrivals.map(({ message }) => message.sequence)).toEqual([1, 2, 3, 4, 5]);
  });

  it('stops in good order when told to', async () => {
    const broker = await top.broker();
    const { dir, site } = await files();
    const args = ['camera', '--site', site, '--broker', broker.url, '--data', dir, '--speed', '1', '--json'];
    const input = [line(0), line(500), line(60_000), line(120_000)].join('\n');
    const { code, json } = await run(args, { input, signal: AbortSignal.timeout(300) });
    expect(code).toBe(0);
    expect(json()).toMatchObject({ left: 0 });
    expect(broker.arrivals.at(-1)?.message.data).toMatchObject({ state: 'stopping' });
  });

  it('prints every problem of its configuration at once and connects to nothing', async () => {
    const { dir, site } = await files();
    const { code, err } = await run(
      [
        ...[
          'camera',
          '--site',
          site,
          '--data',
          dir,
          '--device',
          'camera-9',
          '--broker',
          'here',
          '--speed',
          'fast',
        ],
        ...['--mqtt', '6', '--cert', site, '--outbox-mib', '0', '--flush-seconds', 'x'],
      ],
      { env: { WAYSIDE_BROKER_USERNAME: 'x' } },
    );
    expect(code).toBe(2);
    for (const part of [
      'camera-9',
      '--broker',
      '--speed',
      '--mqtt',
      '--cert',
      '--outbox-mib',
      '--flush-seconds',
    ])
      expect(err).toContain(part);
    expect(err).toContain('WAYSIDE_BROKER_PASSWORD');
    expect(err.trim().split('\n')).toHaveLength(8);
  });

  it('names what is wrong with a site file', async () => {
    const { dir } = await files();
    const site = join(dir, 'wrong.json');
    await writeFile(site, JSON.stringify({ ...sampleSite, devices: [], attentionMetres: 1 }));
    const { code, err } = await run(['camera', '--site', site, '--data', dir]);
    expect(code).toBe(2);
    expect(err).toMatch(/\/devices/);
    expect(err).toMatch(/\/attentionMetres/);
  });

  it('fails where the key of the tokens is open to others', async () => {
    const { dir, site } = await files();
    await writeFile(join(dir, 'token.key'), Buffer.alloc(32), { mode: 0o644 });
    const { code, err } = await run(['camera', '--site', site, '--data', dir]);
    expect(code).toBe(1);
    expect(err).toContain('chmod 600');
  });
});

describe('wayside-edge report and deliver', () => {
  it('files a report and delivers it', async () => {
    const broker = await top.broker();
    const { dir, report } = await files();
    const args = ['--device', 'handheld-3', '--broker', broker.url, '--data', dir, '--json'];
    const { code, json } = await run(['report', '--file', report, ...args]);
    expect(code).toBe(0);
    expect(json()).toEqual({ device: 'handheld-3', sequence: 2, delivered: true, left: 0 });
    expect(broker.arrivals[1]?.message.type).toBe('org.wayside.report.v1');
  });

  it('keeps a report without a line; deliver fails without one, and succeeds with one', async () => {
    const port = await freePort();
    const { dir, report } = await files();
    const args = ['--device', 'handheld-3', '--broker', `mqtt://127.0.0.1:${port}`, '--data', dir];
    const short = [...args, '--flush-seconds', '0.05'];
    const filed = await run(['report', '--file', report, ...short]);
    expect(filed).toMatchObject({ code: 0, out: expect.stringContaining('wait for a line') as string });
    expect((await run(['deliver', ...short])).code).toBe(1);

    const broker = await top.broker({ port });
    const delivered = await run(['deliver', ...args, '--json']);
    expect(delivered.code).toBe(0);
    expect(delivered.json()).toMatchObject({ left: 0 });
    expect(broker.arrivals.filter(({ message }) => message.type === 'org.wayside.report.v1')).toHaveLength(1);
  });

  it('refuses a report that contradicts itself, before it stores anything', async () => {
    const { dir, report } = await files();
    await writeFile(report, JSON.stringify({ ...reportInput, askedAtMs: null }));
    const args = [
      'report',
      '--file',
      report,
      '--device',
      'handheld-3',
      '--data',
      dir,
      '--flush-seconds',
      '0.05',
    ];
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).toContain('--file /askedAtMs');
    await expect(stat(join(dir, 'outbox'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('prints every problem at once', async () => {
    const { code, err } = await run(['report', '--device', 'Upper', '--broker', 'x']);
    expect(code).toBe(2);
    expect(err).toMatch(/--device "Upper"/);
    expect(err).toMatch(/--broker/);
    expect(err).toMatch(/--file is missing/);
  });
});

describe('wayside-edge', () => {
  it.each([['--help'], ['camera', '--help'], ['report', '--help'], ['deliver', '--help']])(
    'helps: %s %s',
    async (...args) => {
      const { code, out } = await run(args);
      expect(code).toBe(0);
      expect(out).toContain('Usage: wayside-edge');
      if (args.length > 1) expect(out).toMatch(/Examples?:/);
    },
  );

  it('says its name and version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, out: '@wayside/edge 0.0.0\n' });
  });

  it('calls wrong use by exit code 2', async () => {
    expect((await run(['cameras'])).code).toBe(2);
    expect((await run(['camera', '--sight', 'x'])).code).toBe(2);
    expect((await run([])).code).toBe(2);
  });
});
