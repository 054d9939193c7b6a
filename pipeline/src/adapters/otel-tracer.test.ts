import { createServer, type AddressInfo, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HoldSpan, IntakeSpan, JudgeSpan } from '../app/trace.ts';
import { openOtlpReceiver, type OtlpReceiver } from '../testing/otlp-receiver.ts';
import { openOtelTracer, type OtelTracer, type OtelTracerOptions } from './otel-tracer.ts';
import { spanIdOf, traceIdOf } from './trace-ids.ts';

const NOW_MS = Date.UTC(2026, 10, 2, 8);
const stretch = (sequence: number) => ({
  message: `cam-1/boot-0001/${sequence}`,
  startMs: NOW_MS,
  endMs: NOW_MS + 5,
});
const intake = (sequence: number, outcome: IntakeSpan['outcome'] = 'stored'): IntakeSpan => ({
  ...stretch(sequence),
  name: 'intake',
  device: 'cam-1',
  outcome,
});
const judge = (sequence: number, infractions: readonly string[] = []): JudgeSpan => ({
  ...stretch(sequence),
  name: 'judge',
  device: 'cam-1',
  site: 'corner',
  partition: 3,
  offset: sequence,
  infractions,
});
const hold = (sequence: number): HoldSpan => ({
  ...stretch(sequence),
  name: 'hold',
  infraction: 'i-1',
  hold: 'h-1',
  detectionToHoldMs: 70,
});

let receiver: OtlpReceiver;
let said: string[];
beforeEach(async () => {
  receiver = await openOtlpReceiver();
  said = [];
});
afterEach(() => receiver.close());

const open = (over: Partial<OtelTracerOptions> = {}): OtelTracer =>
  openOtelTracer({
    endpoint: receiver.endpoint,
    share: 1,
    service: 'wayside',
    version: '0.0.0',
    instance: 'here/1',
    logger: pino({ level: 'info' }, { write: (line: string) => said.push(line) }),
    ...over,
  });

/** The end does not wait for what is on its way; a test does. */
async function closed(...tracers: readonly OtelTracer[]): Promise<void> {
  for (const tracer of tracers) {
    await tracer.close();
    await expect.poll(() => tracer.counters().waiting, { timeout: 20_000 }).toBe(0);
  }
}

describe('traces', () => {
  it('bring the stretches of one message together, told by whom they may', async () => {
    const processes = [open({ service: 'intake' }), open({ service: 'judge' }), open({ service: 'worker' })];
    processes[2]?.tell(hold(7));
    processes[1]?.tell(judge(7, ['i-1']));
    processes[0]?.tell(intake(7));
    processes[0]?.tell(intake(7, 'duplicate'));
    await closed(...processes);
    const { spans } = receiver;
    const id = 'cam-1/boot-0001/7';
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([traceIdOf(id)]));
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(4);
    const parents = spans.map(({ service, name, parentSpanId }) => [service, name, parentSpanId ?? 'none']);
    expect(parents.sort()).toEqual([
      ['intake', 'intake', spanIdOf('intake', id)],
      ['intake', 'intake', 'none'],
      ['judge', 'judge', spanIdOf('intake', id)],
      ['worker', 'hold', spanIdOf('judge', id)],
    ]);
    expect(spans.find(({ name }) => name === 'judge')).toMatchObject({
      startMs: NOW_MS,
      endMs: NOW_MS + 5,
      attributes: {
        'wayside.message': id,
        'wayside.device': 'cam-1',
        'wayside.site': 'corner',
        'wayside.partition': 3,
        'wayside.offset': 7,
        'wayside.infractions': ['i-1'],
      },
    });
    expect(receiver.requests.every(({ path }) => path === '/v1/traces')).toBe(true);
  });

  it('are of the same share of messages in every process', async () => {
    const [one, other] = [open({ share: 0.1 }), open({ share: 0.1 })];
    for (let sequence = 1; sequence <= 3_000; sequence++) {
      one.tell(intake(sequence));
      other.tell(judge(sequence));
    }
    await closed(one, other);
    const told = (name: string) =>
      new Set(receiver.spans.filter((span) => span.name === name).map(({ traceId }) => traceId));
    expect(told('intake').size).toBeGreaterThan(230);
    expect(told('intake').size).toBeLessThan(370);
    expect(told('judge')).toEqual(told('intake'));
  });

  it('are always of what led to a hold, without a parent that nobody told of', async () => {
    const tracer = open({ share: 0 });
    for (const span of [intake(1), judge(1), judge(2, ['i-1']), hold(2)]) tracer.tell(span);
    await closed(tracer);
    expect(receiver.spans.map(({ name, parentSpanId }) => [name, parentSpanId ?? 'none'])).toEqual([
      ['judge', 'none'],
      ['hold', spanIdOf('judge', 'cam-1/boot-0001/2')],
    ]);
  });

  it('take no time below zero from clocks that disagree, and none from before the process for another', async () => {
    const tracer = open();
    tracer.tell({ ...hold(1), startMs: NOW_MS - 86_400_000, endMs: NOW_MS - 86_400_100 });
    await closed(tracer);
    expect(receiver.spans).toMatchObject([{ startMs: NOW_MS - 86_400_000, endMs: NOW_MS - 86_400_000 }]);
  });
});

describe('a collector that is away', () => {
  it('costs spans, which are counted and said once, and a moment at the end at most', async () => {
    await receiver.close();
    const tracer = open({ maxWaiting: 600 });
    for (let sequence = 1; sequence <= 1_000; sequence++) tracer.tell(intake(sequence));
    const { exported, lost, waiting } = tracer.counters();
    expect({ exported, lost, waiting }).toEqual({ exported: 0, lost: 400, waiting: 600 });
    const startedAtMs = performance.now();
    await tracer.close();
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    await expect
      .poll(() => tracer.counters(), { timeout: 8_000 })
      .toEqual({ exported: 0, lost: 1_000, waiting: 0 });
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('spans are lost');
  });

  it('does not hold up the end where it takes the line and never answers', async () => {
    const lines: Socket[] = [];
    const silent = createServer((socket) => lines.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const tracer = open({ endpoint: `http://127.0.0.1:${port}/` });
    tracer.tell(intake(1));
    const startedAtMs = performance.now();
    await tracer.close();
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    await expect.poll(() => tracer.counters().lost, { timeout: 8_000 }).toBe(1);
    for (const line of lines) line.destroy();
    await new Promise<void>((resolve) => silent.close(() => resolve()));
  });
});
