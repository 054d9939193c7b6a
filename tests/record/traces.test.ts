/** Intake, judge and worker as three processes would be: each has a tracer of its own, and they share the database alone. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { topicOf } from '@wayside/contracts/topics';
import { createInProcessBus } from '@wayside/pipeline/adapters/in-process-bus';
import { openOtelTracer } from '@wayside/pipeline/adapters/otel-tracer';
import { createHolds } from '@wayside/pipeline/app/holds/holds';
import { createIntake } from '@wayside/pipeline/app/intake/intake';
import { openOtlpReceiver, type OtlpReceiver } from '@wayside/pipeline/testing/otlp-receiver';
import { openHouse, profiles, silent, type TestHouse } from './house.ts';
import { reports } from './messages.ts';

const DEVICE = 'handheld-1';
const clock = Date.now;
let house: TestHouse;
let receiver: OtlpReceiver;

beforeAll(async () => {
  [house, receiver] = await Promise.all([openHouse(), openOtlpReceiver()]);
  const process = (service: string) =>
    openOtelTracer({
      endpoint: receiver.endpoint,
      share: 1,
      service,
      version: '0',
      instance: service,
      logger: silent,
    });
  const [atDoor, atJudge, atWorker] = [process('door'), process('judge'), process('worker')];
  const intake = createIntake({
    log: house.log,
    jurisdictions: new Set(['cn']),
    clock,
    logger: silent,
    tracer: atDoor,
  });
  const session = intake.openSession(DEVICE);
  const sent = reports(8).map(({ payload }) => Buffer.from(payload));
  for (const payload of [...sent, ...sent.slice(0, 1)])
    await session.accept({ topic: topicOf(DEVICE, 'reports'), payload });
  await house.judgeAll({ tracer: atJudge });
  await createHolds({
    database: house.database,
    queue: { wake: () => Promise.resolve(), work: () => Promise.resolve(), close: () => Promise.resolve() },
    profiles,
    bus: createInProcessBus(silent),
    clock,
    logger: silent,
    sweepIntervalMs: 50,
    tracer: atWorker,
  }).placeNow();
  for (const tracer of [atDoor, atJudge, atWorker]) {
    await tracer.close();
    await vi.waitFor(() => expect(tracer.counters().waiting).toBe(0), { timeout: 20_000 });
  }
});
afterAll(async () => {
  await receiver.close();
  await house.close();
});

describe('a message from PUBACK to hold', () => {
  it('is one trace of three processes, in the order of the work', async () => {
    const placed = await house.database.query<{ readonly infraction: string; readonly message: string }>(
      'SELECT infraction_id AS infraction, message_id AS message FROM hold_due WHERE placed_at IS NOT NULL',
    );
    expect(placed.length).toBeGreaterThan(2);
    for (const { infraction, message } of placed) {
      const spans = receiver.spans.filter(
        ({ attributes }) =>
          attributes['wayside.message'] === message && attributes['wayside.outcome'] !== 'duplicate',
      );
      const named = (name: string) => spans.find((span) => span.name === name);
      const [intake, judge, hold] = [named('intake'), named('judge'), named('hold')];
      if (!intake || !judge || !hold) throw new Error(`${message}: ${spans.map(({ name }) => name).join()}`);
      expect(spans.map(({ service }) => service).sort()).toEqual(['door', 'judge', 'worker']);
      expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
      expect([judge.parentSpanId, hold.parentSpanId]).toEqual([intake.spanId, judge.spanId]);
      expect(judge.attributes['wayside.infractions']).toEqual([infraction]);
      expect(hold.attributes['wayside.infraction']).toBe(infraction);
      const times = [intake.startMs, intake.endMs, judge.startMs, hold.startMs, hold.endMs];
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(judge.endMs).toBeGreaterThanOrEqual(hold.startMs);
    }
  });

  it('is told of once by each, and of a duplicate that it was one', () => {
    const outcomes = receiver.spans
      .filter(({ name }) => name === 'intake')
      .map(({ attributes }) => attributes['wayside.outcome']);
    expect(outcomes.sort()).toEqual(['duplicate', ...Array.from({ length: 8 }, () => 'stored')]);
    expect(receiver.spans.filter(({ name }) => name === 'judge')).toHaveLength(8);
  });

  it('names nobody', () => {
    expect(receiver.requests.length).toBeGreaterThan(0);
    for (const { body } of receiver.requests)
      expect(body).not.toMatch(/plate|ticket|staff|account|rail:|road:/i);
  });
});
