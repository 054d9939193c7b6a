/**
 * The model alone, on one core: encounters a second by batch size on each backend that this machine has. Each is asked about
 * one rule, as nearly all are; each input is one of its deciles in training.
 */
import { readFileSync } from 'node:fs';
import { readModel, type Model } from '../src/model/model-file.ts';
import { openScorer, type Asked, type Scorer } from '../src/model/scorer.ts';
import { randomFrom } from '../src/numbers/random.ts';
import { openBackend, type Backend } from '../src/runtime/backend.ts';
import { SHIPPED_MODEL } from '../src/shipped.ts';

export const description = 'the model alone: encounters/s in batches on each backend, one core';

const BATCHES = [1, 16, 64, 256] as const;
const SECONDS = 1.5;
const WANTED: readonly Backend[] = ['wasm', 'tensorflow'];

export interface ModelBenchRow {
  readonly backend: Backend;
  readonly batch: number;
  readonly encountersPerSecond: number;
  /** By the processor's time: what a busy machine does not distort. */
  readonly encountersPerCpuSecond: number;
  readonly p99Ms: number;
}

export async function run({ json }: { readonly json: boolean }): Promise<{
  readonly model: string;
  readonly rows: readonly ModelBenchRow[];
}> {
  const model = readModel(readFileSync(SHIPPED_MODEL, 'utf8'));
  const rows: ModelBenchRow[] = [];
  for (const backend of WANTED) {
    if (!(await openBackend([backend]).catch(() => undefined))) continue;
    const scorer = openScorer(model);
    for (const batch of BATCHES) rows.push(measure(scorer, backend, askedOf(model, batch)));
    scorer.close();
  }
  if (!json) for (const row of rows) process.stdout.write(`${inWords(row)}\n`);
  return { model: model.hash, rows };
}

function askedOf({ reference }: Model, batch: number): readonly Asked[] {
  const random = randomFrom(1);
  const draw = (deciles: readonly number[]): number =>
    deciles[Math.floor(random.uniform() * deciles.length)] ?? 0;
  return Array.from({ length: batch }, () => ({
    row: Float32Array.from(reference.edges, draw),
    rules: ['fail-to-yield'] as const,
  }));
}

function measure(scorer: Scorer, backend: Backend, asked: readonly Asked[]): ModelBenchRow {
  for (let i = 0; i < 20; i++) scorer.scoreAsked(asked);
  const times: number[] = [];
  const begin = performance.now();
  const processor = process.cpuUsage();
  while (performance.now() - begin < SECONDS * 1000) {
    const from = performance.now();
    scorer.scoreAsked(asked);
    times.push(performance.now() - from);
  }
  const { user, system } = process.cpuUsage(processor);
  const batch = asked.length;
  const scored = times.length * batch;
  times.sort((a, b) => a - b);
  return {
    backend,
    batch,
    encountersPerSecond: Math.round((scored * 1000) / (performance.now() - begin)),
    encountersPerCpuSecond: Math.round((scored * 1e6) / (user + system)),
    p99Ms: Math.round(100 * (times[Math.floor(times.length * 0.99)] ?? 0)) / 100,
  };
}

const inWords = ({
  backend,
  batch,
  encountersPerSecond,
  encountersPerCpuSecond,
  p99Ms,
}: ModelBenchRow): string =>
  `${backend.padEnd(11)} batches of ${String(batch).padStart(4)}: ${encountersPerSecond.toLocaleString('en').padStart(9)}/s, ` +
  `${encountersPerCpuSecond.toLocaleString('en').padStart(9)}/CPU s, p99 ${p99Ms} ms a batch`;
