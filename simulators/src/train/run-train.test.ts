import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker } from '@wayside/edge/testing/broker';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { openAgentHost } from '../agents/agent-host.ts';
import { openLine } from './line.ts';
import { runTrain } from './run-train.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

describe('a train under way', () => {
  it('delivers what was filed in a tunnel once the line is back, and tells the truth apart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'wayside-train-'));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const broker = await startBroker();
    undo.push(() => broker.close());
    const line = await openLine(broker.url);
    undo.push(() => line.close());
    const host = await openAgentHost({
      dataDir,
      brokerUrl: line.brokerUrl,
      logger: pino({ level: 'silent' }),
    });
    undo.push(() => host.close());
    line.set(false);

    const stop = new AbortController();
    const truth: object[] = [];
    let nowMs = Date.parse('2026-05-01T08:00:00Z');
    const totals = await runTrain({
      host,
      seed: 3,
      speed: 60,
      signal: stop.signal,
      clock: () => (nowMs += 60_000),
      onEvent: ({ kind }) => {
        if (kind === 'report' && truth.length >= 2) stop.abort();
      },
      onTruth: (fact) => truth.push(fact),
      line: (open) => line.set(open),
    });

    expect(totals).toMatchObject({ journeys: expect.any(Number) as number, unacknowledged: 0 });
    const reports = broker.arrivals.filter(({ message }) => message.type === 'org.wayside.report.v1');
    expect(reports).toHaveLength(totals.reports);
    expect(truth).toHaveLength(totals.reports);
    expect(totals.reports).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(reports)).not.toContain('occupantMind');
  });
});
