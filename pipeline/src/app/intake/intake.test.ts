import { topicOf, type Channel } from '@wayside/contracts/topics';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { MemoryLog } from '../../testing/memory-log.ts';
import { birth, lastWill, observations, report, testSite, TEST_TIME_MS } from '../../testing/messages.ts';
import { createIntake, type Intake, type IntakeCounters } from './intake.ts';
import type { IntakeLimits } from './limits.ts';

const logger = pino({ enabled: false });
const jurisdictions = new Set(['cn', 'uk']);
const bytes = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const sent = (value: unknown, channel: Channel = 'observations', device = 'cam-1') => ({
  topic: topicOf(device, channel),
  payload: bytes(value),
});
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const balanced = ({ received, stored, duplicate, deadLettered, inFlight }: IntakeCounters) =>
  received === stored + duplicate + deadLettered + inFlight;

function setUp(limits: Partial<IntakeLimits> = {}): { readonly log: MemoryLog; readonly intake: Intake } {
  const log = new MemoryLog();
  return {
    log,
    intake: createIntake({ log, jurisdictions, clock: () => TEST_TIME_MS + 1000, logger, limits }),
  };
}

/** Appends wait until the returned function is called. */
function holdUp(log: MemoryLog): (error?: Error) => void {
  let open: (error?: Error) => void = () => undefined;
  const held = new Promise<void>((resolve, reject) => {
    open = (error) => (error ? reject(error) : resolve());
  });
  held.catch(() => undefined); // whoever awaits the gate hears of it
  log.gate = () => held;
  return open;
}

describe('a message', () => {
  it('is answered as stored only once the log has it', async () => {
    const { log, intake } = setUp();
    const open = holdUp(log);
    let answered = false;
    const answer = intake.openSession('cam-1').accept(sent(birth({ sequence: 1 }), 'status'));
    void answer.then(() => (answered = true));
    await vi.waitFor(() => expect(log.appends).toEqual([1]), 10_000);
    await turn();
    expect(answered).toBe(false);
    open();
    expect(await answer).toEqual({ kind: 'stored' });
    expect(log.messages).toEqual([
      {
        message: birth({ sequence: 1 }),
        payload: JSON.stringify(birth({ sequence: 1 })),
        receivedAtMs: TEST_TIME_MS + 1000,
      },
    ]);
  });

  it('is answered as a duplicate when it came before', async () => {
    const { intake } = setUp();
    const session = intake.openSession('cam-1');
    await session.accept(sent(birth({ sequence: 1 }), 'status'));
    expect(await session.accept(sent(birth({ sequence: 1 }), 'status'))).toEqual({ kind: 'duplicate' });
  });

  it('may be a last will, or a report of a handheld that has no site', async () => {
    const { intake } = setUp();
    expect(await intake.openSession('cam-1').accept(sent(lastWill({}), 'status'))).toEqual({
      kind: 'stored',
    });
    const handheld = intake.openSession('handheld-1');
    expect(await handheld.accept(sent(report({ sequence: 1 }), 'reports', 'handheld-1'))).toEqual({
      kind: 'stored',
    });
  });

  it('may speak of a site that its birth brings in the same breath', async () => {
    const { log, intake } = setUp();
    const session = intake.openSession('cam-1');
    await Promise.all([
      session.accept(sent(birth({ sequence: 1 }), 'status')),
      session.accept(sent(observations({ sequence: 2 }))),
    ]);
    expect(log.messages.map(({ message }) => message.sequence)).toEqual([1, 2]);
    expect(log.appends).toEqual([2]);
  });

  it('keeps its text readable where it came with a byte order mark', async () => {
    const { log, intake } = setUp();
    await intake.openSession('cam-1').accept(sent(`\uFEFF${JSON.stringify(lastWill({}))}`, 'status'));
    expect(JSON.parse(log.messages[0]?.payload ?? '')).toEqual(lastWill({}));
  });
});

const other = testSite({ devices: ['cam-2'] });
const good = observations({ sequence: 5 });
const withNote = (note: string) =>
  JSON.stringify({ ...report({ sequence: 1 }), device: 'cam-1', id: 'cam-1/boot-1/1' }).replace(
    '"simulated"',
    `"note":"${note}","simulated"`,
  );

describe('a dead letter', () => {
  it.each([
    ['unknown-topic', { topic: 'elsewhere', payload: bytes(good) }],
    ['unknown-topic', { topic: '$SYS/broker/new/clients', payload: bytes('cam-2') }],
    ['not-your-topic', sent(observations({ sequence: 5, device: 'cam-2' }), 'observations', 'cam-2')],
    ['not-your-topic', sent(observations({ sequence: 5, device: 'cam-2' }))],
    ['oversized', sent(`"${'x'.repeat(300_000)}"`)],
    ['not-json', sent('{"specversion":')],
    ['not-json', { topic: topicOf('cam-1', 'status'), payload: Buffer.from([0x22, 0xff, 0x22]) }],
    ['not-json', sent('')],
    ['schema', sent({})],
    ['schema', sent(good, 'status')],
    ['schema', sent({ ...good, data: { ...good.data, clock: { state: 'fine' } } })],
    ['schema', sent({ ...good, __proto__polluted: true })],
    ['content', sent({ ...good, id: 'another' })],
    ['content', sent({ ...good, sequence: 0, id: 'cam-1/boot-1/0' })],
    ['content', sent(withNote('\\u0000'), 'reports')],
    ['content', sent(withNote('\\ud83d alone'), 'reports')],
    ['clock-ahead', sent(observations({ sequence: 5, timeMs: TEST_TIME_MS + 26 * 3_600_000 }))],
    ['unknown-site', sent(good)],
    ['not-in-site', sent(birth({ sequence: 1, site: other }), 'status')],
    [
      'unknown-jurisdiction',
      sent(birth({ sequence: 1, site: testSite({ jurisdiction: 'atlantis' }) }), 'status'),
    ],
  ])('%s', async (reason, message) => {
    const { log, intake } = setUp();
    const answer = await intake.openSession('cam-1').accept(message);
    expect(answer).toEqual({ kind: 'dead-letter', reason });
    expect(log.messages).toEqual([]);
    expect(log.letters).toEqual([
      expect.objectContaining({
        topic: message.topic,
        client: 'cam-1',
        reason,
        bytes: message.payload.length,
      }),
    ]);
    expect(intake.counters()).toMatchObject({ received: 1, deadLettered: 1, inFlight: 0 });
  });

  it('not-in-site, where the site is known and names other devices', async () => {
    const { intake } = setUp();
    await intake
      .openSession('cam-2')
      .accept(sent(birth({ device: 'cam-2', sequence: 1, site: other }), 'status', 'cam-2'));
    const stranger = intake.openSession('cam-1');
    expect(await stranger.accept(sent(observations({ sequence: 1, site: other })))).toMatchObject({
      reason: 'not-in-site',
    });
  });

  it('is no text with an emoji written as two escapes, which is whole', async () => {
    const { intake } = setUp();
    const answer = await intake.openSession('cam-1').accept(sent(withNote('\\ud83d\\ude80'), 'reports'));
    expect(answer).toEqual({ kind: 'stored' });
  });

  it('may be what the broker could not read', async () => {
    const { log, intake } = setUp();
    const wreck = {
      topic: '',
      reason: 'malformed-packet' as const,
      detail: 'no',
      payload: bytes('x'),
      bytes: 9,
    };
    await intake.openSession('cam-1').reject(wreck);
    expect(log.letters).toEqual([{ ...wreck, client: 'cam-1', receivedAtMs: TEST_TIME_MS + 1000 }]);
    expect(intake.counters()).toMatchObject({ received: 1, deadLettered: 1 });
  });
});

describe('many at once', () => {
  it('share appends of bounded size, in the order they came', async () => {
    const { log, intake } = setUp({ appendMessages: 10 });
    const sessions = ['cam-1', 'cam-2', 'cam-3'].map((device) => ({
      device,
      session: intake.openSession(device),
    }));
    const site = testSite({ devices: ['cam-1', 'cam-2', 'cam-3'] });
    await sessions[0]?.session.accept(sent(birth({ sequence: 1, site }), 'status'));
    const answers = sessions.flatMap(({ device, session }) =>
      Array.from({ length: 20 }, (_, index) =>
        session.accept(sent(observations({ device, site, sequence: index + 2 }), 'observations', device)),
      ),
    );
    expect(balanced(intake.counters())).toBe(true);
    await Promise.all(answers);
    expect(Math.max(...log.appends)).toBe(10);
    for (const { device } of sessions)
      expect(
        log.messages.flatMap(({ message }) =>
          message.device === device && message.sequence > 1 ? [message.sequence] : [],
        ),
      ).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    expect(intake.counters()).toEqual({
      received: 61,
      stored: 61,
      duplicate: 0,
      deadLettered: 0,
      inFlight: 0,
      refused: 0,
    });
  });

  it('wait outside while the room is full, and balance all the while', async () => {
    const { log, intake } = setUp({ waitingMessages: 4, appendMessages: 2 });
    const open = holdUp(log);
    const session = intake.openSession('cam-1');
    const answers = Array.from({ length: 12 }, (_, index) => session.accept(sent({ index })));
    await turn();
    expect(intake.counters()).toMatchObject({ received: 12, inFlight: 12 });
    expect(log.letters).toEqual([]);
    open();
    await Promise.all(answers);
    expect(log.letters).toHaveLength(12);
    expect(balanced(intake.counters())).toBe(true);
  });

  it('let a message in that is larger than the whole room', async () => {
    const { intake } = setUp({ waitingBytes: 100 });
    const session = intake.openSession('cam-1');
    const answers = await Promise.all(
      [1, 2, 3].map((n) => session.accept(sent({ n, pad: 'x'.repeat(500) }))),
    );
    expect(answers).toHaveLength(3);
  });
});

describe('when the store fails', () => {
  const failing = async () => {
    const { log, intake } = setUp();
    const session = intake.openSession('cam-1');
    const open = holdUp(log);
    const first = session.accept(sent(birth({ sequence: 1 }), 'status'));
    await vi.waitFor(() => expect(log.appends).toEqual([1]), 10_000);
    const second = session.accept(sent(birth({ sequence: 2 }), 'status'));
    const refusals = Promise.allSettled([first, second]);
    open(new Error('disk full'));
    const [one, two] = await refusals;
    log.gate = () => Promise.resolve();
    return { log, intake, session, one, two };
  };

  it('nothing is acknowledged, and nothing counted as received', async () => {
    const { log, intake, one } = await failing();
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'store-failed' } });
    expect(log.messages).toEqual([]);
    expect(intake.counters()).toEqual({
      received: 0,
      stored: 0,
      duplicate: 0,
      deadLettered: 0,
      inFlight: 0,
      refused: 2,
    });
  });

  it('refuses what follows on that connection, so that the order cannot break', async () => {
    const { session, two } = await failing();
    expect(two).toMatchObject({ status: 'rejected', reason: { code: 'session-refused' } });
    await expect(session.accept(sent(birth({ sequence: 3 }), 'status'))).rejects.toMatchObject({
      code: 'session-refused',
    });
  });

  it('takes everything again on a new connection, in order', async () => {
    const { log, intake } = await failing();
    const again = intake.openSession('cam-1');
    await Promise.all([1, 2, 3].map((sequence) => again.accept(sent(birth({ sequence }), 'status'))));
    expect(log.messages.map(({ message }) => message.sequence)).toEqual([1, 2, 3]);
  });

  it('forgets the site of a birth that was not stored', async () => {
    const { intake } = await failing();
    const again = intake.openSession('cam-1');
    expect(await again.accept(sent(observations({ sequence: 3 })))).toEqual({
      kind: 'dead-letter',
      reason: 'unknown-site',
    });
  });

  it('refuses a message where the site could not even be looked up', async () => {
    const { log, intake } = setUp();
    log.gate = () => Promise.reject(new Error('gone'));
    await expect(intake.openSession('cam-1').accept(sent(good))).rejects.toMatchObject({
      code: 'store-failed',
    });
    expect(intake.counters()).toMatchObject({ received: 0, inFlight: 0, refused: 1 });
  });
});

describe('closing', () => {
  it('takes nothing more, and waits for what was taken', async () => {
    const { log, intake } = setUp();
    const open = holdUp(log);
    const session = intake.openSession('cam-1');
    const answer = session.accept(sent(birth({ sequence: 1 }), 'status'));
    await turn();
    let closed = false;
    const closing = intake.close().then(() => (closed = true));
    await expect(session.accept(sent(birth({ sequence: 2 }), 'status'))).rejects.toMatchObject({
      code: 'closed',
    });
    await turn();
    expect(closed).toBe(false);
    open();
    await closing;
    expect(await answer).toEqual({ kind: 'stored' });
  });
});
