import { describe, expect, it } from 'vitest';
import type { ConductorReport, ReportMessage } from '@wayside/contracts/conductor-report';
import { envelopeFields, MESSAGE_TYPES } from '@wayside/contracts/envelope';
import { shippedProfile } from '../../../bench/judge-dut-clips.ts';
import { initialJudgeState, judge } from '../judge/judge.ts';
import { judgeSeat } from './seat-refusal.ts';

const ticket = (end: string): string => `ticket_${'t'.repeat(42)}${end}`;
const section = (fromStop: number, toStop: number) => ({
  from: `S${fromStop}`,
  to: `S${toStop}`,
  fromStop,
  toStop,
});
const cn = shippedProfile('cn');
const ASKED_MS = 1_000_000;

const reservation = (holder: string, over: object = {}) => ({
  checkedAtMs: ASKED_MS - 60_000,
  source: 'manifest' as const,
  holder: ticket(holder),
  section: section(2, 6),
  ...over,
});

/** B sits on A's seat from stop 3 to 5, was asked to leave it, and refused 20 s later. */
const refusal = (over: Partial<ConductorReport> = {}): ConductorReport => ({
  seat: { operator: 'cr', train: 'G334', serviceDate: '2026-03-01', coach: '5', place: '12F' },
  section: section(3, 5),
  reservations: [reservation('A')],
  occupant: { ticket: ticket('B') },
  askedAtMs: ASKED_MS,
  answer: 'refused',
  answeredAtMs: ASKED_MS + 20_000,
  conductor: `staff_${'s'.repeat(43)}`,
  simulated: true,
  ...over,
});

const ruling = (over: Partial<ConductorReport> = {}) => {
  const { outcome, reason, points } = judgeSeat(refusal(over), cn);
  return [outcome, reason, points];
};

describe('a seat dispute', () => {
  it('is an infraction where another’s checked seat was refused after asking', () => {
    expect(ruling()).toEqual(['infraction', 'refused-anothers-seat', 1]);
    expect(judgeSeat(refusal(), cn).explanation).toBe(
      'Place 12F in coach 5 is reserved by another over S3 to S5; the reservation was checked, the occupant was ' +
        'asked to leave and refused 20 s later.',
    );
  });

  it.each([
    ['the occupant moved', { answer: 'moved' as const }, ['clear', 'moved-when-asked', 0]],
    [
      'nobody asked',
      { answer: 'not-asked' as const, askedAtMs: null, answeredAtMs: null },
      ['clear', 'not-asked', 0],
    ],
    [
      'the occupant left first',
      { answer: 'left-before-asked' as const, askedAtMs: null, answeredAtMs: null },
      ['clear', 'not-asked', 0],
    ],
    ['it is the occupant’s own seat', { reservations: [reservation('B')] }, ['clear', 'own-reservation', 0]],
    [
      'the other’s reservation ends before',
      { reservations: [reservation('A', { section: section(0, 3) })] },
      ['clear', 'no-overlap', 0],
    ],
    [
      'the seat was sold twice',
      { reservations: [reservation('A'), reservation('B')] },
      ['undecided', 'double-sale', 0],
    ],
    ['no reservation was checked', { reservations: [] }, ['undecided', 'reservation-not-checked', 0]],
    [
      'it was checked only afterwards',
      { reservations: [reservation('A', { checkedAtMs: ASKED_MS + 60_000 })] },
      ['undecided', 'reservation-not-checked', 0],
    ],
  ])('is judged where %s', (_, over, expected) => {
    expect(ruling(over)).toEqual(expected);
  });

  it('is not excused by a reservation of the same seat on another leg', () => {
    const legs = [reservation('A'), reservation('B', { section: section(6, 9) })];
    expect(ruling({ reservations: legs })).toEqual(['infraction', 'refused-anothers-seat', 1]);
  });
});

describe('a report in the log', () => {
  const message = (data: ConductorReport): ReportMessage => ({
    ...envelopeFields({
      type: MESSAGE_TYPES.report,
      device: 'handheld-1',
      bootId: 'boot',
      sequence: 7,
      timeMs: ASKED_MS,
      sentAtMs: ASKED_MS + 30_000,
    }),
    type: MESSAGE_TYPES.report,
    data,
  });
  const judged = (data: ConductorReport) => {
    const context = { site: () => undefined, profile: () => cn };
    const [effect] = judge(initialJudgeState(), { offset: 3, message: message(data) }, context);
    return effect?.kind === 'report' ? effect : undefined;
  };

  it('is judged at once, on the rail account of the ticket', () => {
    const effect = judged(refusal());
    expect(effect?.verdict).toMatchObject({
      outcome: 'infraction',
      account: `rail:${ticket('B')}`,
      occurredAtMs: ASKED_MS + 20_000,
    });
    expect(effect?.completedBy).toEqual({
      offset: 3,
      messageId: message(refusal()).id,
      sentAtMs: ASKED_MS + 30_000,
    });
    expect(judged(refusal())?.verdict.id).toBe(effect?.verdict.id);
  });

  it('names no account where no ticket was shown', () => {
    const effect = judged(refusal({ occupant: {} }));
    expect(effect?.verdict.outcome).toBe('infraction');
    expect(effect?.verdict).not.toHaveProperty('account');
  });
});
