/** The program of the breaker: `wayside torture` runs it. Prints one JSON object a line, the result last. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingEngines } from './house/ground.ts';
import { torture } from './torture.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '5' },
    profile: { type: 'string', default: 'server' },
    folder: { type: 'string' },
  },
});

/** Between two faults; a whole house takes longer to come back than one process of eight. */
const GAP_MS = { server: 1_450, embedded: 6_000 };
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const profile = values.profile === 'embedded' ? 'embedded' : 'server';
const missing = profile === 'server' ? missingEngines() : [];
if (missing.length > 0) {
  say({ kind: 'missing', engines: missing });
  process.exit(1);
}
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'wayside-torture-'));
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
const result = await torture({
  profile,
  folder,
  seed: Number(values.seed),
  lengthMs: Number(values.minutes) * 60_000,
  gapMs: GAP_MS[profile],
  cameras: 5,
  handhelds: 3,
  everyMs: 500,
  signal: stop.signal,
  onProgress: (progress) => say({ kind: 'progress', ...progress }),
});
const passed = result.verdict === 'pass';
if (passed && values.folder === undefined) rmSync(folder, { recursive: true, force: true });
say({ kind: 'result', ...result, ...(!passed && { folder }) });
process.exit(passed ? 0 : 1);
