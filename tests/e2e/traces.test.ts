/**
 * Traces of a whole house with a simulated street, set up by its environment alone; then its collector dies. What the
 * spans say to each other is in tests/record/traces.test.ts.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { InfractionPage } from '@wayside/contracts/http';
import { openOtlpReceiver } from '@wayside/pipeline/testing/otlp-receiver';
import { runWayside, spawnWayside, temporaryFolder } from '../support/wayside.ts';

const STREET = ['start', '--port', '0', '--mqtt-port', '0', '--json'];
const SOON = { timeout: 200_000, interval: 200 };

describe('a house that is asked for traces', () => {
  const data = temporaryFolder('traces');
  afterAll(() => data.remove());

  it('tells of what it held, and goes on without its collector', async () => {
    const receiver = await openOtlpReceiver();
    const house = spawnWayside([...STREET, '--data', data.path], {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.endpoint}/`,
      OTEL_TRACES_SAMPLER: 'always_on',
      OTEL_BSP_SCHEDULE_DELAY: '200',
    });
    let page = '';
    const held = async (): Promise<readonly string[]> => {
      const { items } = (await (await fetch(new URL('api/infractions', page))).json()) as InfractionPage;
      return items.filter(({ hold }) => hold === 'held').map(({ id }) => id);
    };
    try {
      ({ page } = JSON.parse(await house.printed(/\}\s*$/)) as { page: string });
      await expect.poll(() => receiver.spans.some(({ name }) => name === 'hold'), SOON).toBe(true);
      const hold = receiver.spans.find(({ name }) => name === 'hold');
      const trace = receiver.spans.filter(({ traceId }) => traceId === hold?.traceId);
      expect(new Set(trace.map(({ name }) => name))).toEqual(new Set(['intake', 'judge', 'hold']));
      expect(await held()).toContain(hold?.attributes['wayside.infraction']);
      for (const { body } of receiver.requests) expect(body).not.toMatch(/plate|ticket|account|road:|rail:/i);
      await receiver.close();
      const before = (await held()).length;
      await expect.poll(async () => (await held()).length, SOON).toBeGreaterThan(before);
    } finally {
      house.child.kill('SIGTERM');
    }
    const { code, stderr } = await house.finished;
    expect(code, stderr).toBe(0);
    expect(stderr.match(/spans are lost/g), stderr).toHaveLength(1);
  }, 600_000);

  it('says what is wrong with its settings before anything opens', async () => {
    const { code, stderr } = await runWayside(STREET, {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317',
      OTEL_TRACES_SAMPLER_ARG: 'many',
    });
    expect(code).toBe(78);
    expect(stderr).toContain('traces.endpoint');
    expect(stderr).toContain('traces.share');
  });
});
