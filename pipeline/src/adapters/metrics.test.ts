import type { Counters } from '@wayside/contracts/http';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createInProcessBus } from './in-process-bus.ts';
import { createMetrics, type Metrics } from './metrics.ts';

const logger = pino({ level: 'silent' });
const BOOKS: Counters = {
  intake: { received: 10, stored: 6, duplicate: 3, deadLettered: 1, inFlight: 0 },
  judge: { stored: 6, judged: 5, waiting: 1, observations: 400, late: 0 },
  record: { verdicts: 4, infraction: 2, clear: 1, undecided: 1 },
  holds: { infractions: 2, held: 1, pending: 0, unidentified: 1, none: 0 },
  balanced: true,
  faults: [],
};

describe('metrics', () => {
  let metrics: Metrics | undefined;
  afterEach(() => metrics?.close());

  it('shows every book by name, outcome and state', async () => {
    metrics = createMetrics({
      counters: () => Promise.resolve(BOOKS),
      bus: createInProcessBus(logger),
      logger,
    });
    const lines = (await metrics.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'wayside_books_readable 1',
        'wayside_books_balanced 1',
        'wayside_intake_received_total 10',
        'wayside_intake_messages_total{outcome="stored"} 6',
        'wayside_intake_messages_total{outcome="dead_lettered"} 1',
        'wayside_judge_waiting 1',
        'wayside_verdicts_total{outcome="undecided"} 1',
        'wayside_holds{state="unidentified"} 1',
      ]),
    );
  });

  it('reads the books anew at each scrape', async () => {
    let received = 1;
    const counters = () => Promise.resolve({ ...BOOKS, intake: { ...BOOKS.intake, received } });
    metrics = createMetrics({ counters, bus: createInProcessBus(logger), logger });
    await metrics.text();
    received = 2;
    expect(await metrics.text()).toContain('\nwayside_intake_received_total 2\n');
  });

  it('leaves the books out, rather than showing zeros, where they cannot be read', async () => {
    const counters = () => Promise.reject(new Error('database is gone'));
    metrics = createMetrics({ counters, bus: createInProcessBus(logger), logger });
    const text = await metrics.text();
    expect(text).toContain('\nwayside_books_readable 0\n');
    expect(text).not.toContain('wayside_intake_received_total');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('times each hold from its detection, a clock that runs ahead as zero', async () => {
    const bus = createInProcessBus(logger);
    metrics = createMetrics({ counters: () => Promise.resolve(BOOKS), bus, logger });
    for (const detectionToHoldMs of [40, 700, -5, null])
      bus.publish({
        kind: 'hold',
        infractionId: 'i',
        account: 'a',
        points: 3,
        at: '2026-05-01T12:00:00Z',
        detectionToHoldMs,
      });
    const lines = (await metrics.text()).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'wayside_detection_to_hold_seconds_bucket{le="0.05"} 2',
        'wayside_detection_to_hold_seconds_bucket{le="0.75"} 3',
        'wayside_detection_to_hold_seconds_count 3',
        'wayside_detection_to_hold_seconds_sum 0.74',
      ]),
    );
  });
});
