import { afterEach, describe, expect, it } from 'vitest';
import { benchTop } from '../testing/bench-top.ts';
import { freePort } from '../testing/broker.ts';
import { START_MS } from '../testing/samples.ts';
import { tokensOf } from '../tokens.ts';
import { fileReport } from './file-report.ts';
import { parseReportInput, type ReportInput } from './report-input.ts';

const top = benchTop();
afterEach(() => top.clear());

const tokens = tokensOf(Buffer.alloc(32, 1));
const section = { from: 'North', to: 'South', fromStop: 0, toStop: 4 };
const unidentified = {
  seat: { operator: 'demo-rail', train: 'G101', serviceDate: '2026-05-01', coach: '5', place: '12A' },
  section,
  reservations: [{ checkedAtMs: START_MS, source: 'ticket-scan', holderTicket: 'E123 456', section }],
  askedAtMs: START_MS + 1000,
  answer: 'refused',
  answeredAtMs: START_MS + 9000,
  note: 'would not move',
  conductor: 'C-17',
  simulated: false,
} satisfies ReportInput;
const input: ReportInput = { ...unidentified, occupantTicket: 'E999-111' };
const handheld = async (brokerUrl: string) =>
  top.uplink({ store: await top.store(), brokerUrl, device: 'handheld-3', kind: 'handheld' });

describe('a report', () => {
  it('arrives with tickets and staff number as tokens', async () => {
    const broker = await top.broker();
    const uplink = await handheld(broker.url);
    expect(await fileReport(uplink, tokens, input)).toEqual({ kind: 'filed', sequence: 2 });
    await uplink.drained();
    const message = broker.arrivals[1]?.message;
    expect(message).toMatchObject({ type: 'org.wayside.report.v1', time: new Date(START_MS).toISOString() });
    expect(message?.data).toMatchObject({
      reservations: [{ holder: tokens.ticket('E123456') }],
      occupant: { ticket: tokens.ticket('E999111') },
      conductor: tokens.staff('C17'),
      answer: 'refused',
    });
    expect(JSON.stringify(broker.arrivals)).not.toMatch(/E123|E999|C-17/);
  });

  it('is kept in a tunnel and delivered behind it', async () => {
    const port = await freePort();
    const uplink = await handheld(`mqtt://127.0.0.1:${port}`);
    await fileReport(uplink, tokens, input);
    expect(uplink.stats()).toMatchObject({ waiting: 2, connected: false });
    const broker = await top.broker({ port });
    await uplink.drained();
    expect(broker.arrivals.map(({ message }) => message.sequence)).toEqual([1, 2]);
  });

  it('of an unidentified occupant has no ticket, and one without times takes the clock', async () => {
    const broker = await top.broker();
    const uplink = await handheld(broker.url);
    const bare: ReportInput = {
      ...unidentified,
      reservations: [],
      askedAtMs: null,
      answer: 'not-asked',
      answeredAtMs: null,
    };
    await fileReport(uplink, tokens, bare, () => START_MS + 77);
    await uplink.drained();
    expect(broker.arrivals[1]?.message.data).toMatchObject({ occupant: {} });
    expect(broker.arrivals[1]?.message.time).toBe(new Date(START_MS + 77).toISOString());
  });

  it('that contradicts itself is refused with every problem and not stored', async () => {
    const uplink = await handheld(`mqtt://127.0.0.1:${await freePort()}`);
    const wrong: ReportInput = { ...input, conductor: ' - ', askedAtMs: null };
    expect(await fileReport(uplink, tokens, wrong)).toEqual({
      kind: 'invalid',
      problems: ['/conductor holds nothing legible', expect.stringContaining('/askedAtMs')],
    });
    expect(uplink.stats().waiting).toBe(1);
  });

  it('is refused aloud where the device is full', async () => {
    const uplink = await top.uplink({
      store: await top.store(),
      brokerUrl: `mqtt://127.0.0.1:${await freePort()}`,
      maxWaiting: 1,
      whenFull: 'refuse',
    });
    expect(await fileReport(uplink, tokens, input)).toEqual({ kind: 'outbox-full' });
  });
});

describe('what a form or a file holds', () => {
  it('is taken where it is a report', () => {
    expect(parseReportInput(JSON.parse(JSON.stringify(input)))).toEqual({ kind: 'input', input });
  });

  it('is refused with all its problems at once', () => {
    const parsed = parseReportInput({
      ...input,
      conductor: 17,
      answer: 'maybe',
      seat: { ...input.seat, coach: 'fünf' },
    });
    const problems = parsed.kind === 'invalid' ? parsed.problems.join('\n') : '';
    expect(problems).toMatch(/\/conductor/);
    expect(problems).toMatch(/\/answer/);
    expect(problems).toMatch(/\/seat\/coach/);
  });
});
