/** Conductors' reports and a crossing, as devices would send them. */
import type { ConductorReport, ReportMessage } from '@wayside/contracts/conductor-report';
import { envelopeFields, MESSAGE_TYPES } from '@wayside/contracts/envelope';
import type { IncomingMessage } from '@wayside/pipeline/app/event-log';

export const START_MS = Date.UTC(2026, 4, 1, 8);
export const token = (kind: string, name: string): string => `${kind}_${name.padEnd(43, 'x')}`;

interface ReportOptions {
  readonly sequence: number;
  readonly answer?: ConductorReport['answer'];
  /** Undefined: no ticket was shown. */
  readonly ticket?: string | undefined;
  readonly device?: string;
}

const section = { from: 'A', to: 'B', fromStop: 0, toStop: 3 };

function reportMessage(options: ReportOptions): ReportMessage {
  const { sequence, answer = 'refused', device = 'handheld-1' } = options;
  const timeMs = START_MS + sequence * 60_000;
  const asked = answer === 'refused' || answer === 'moved';
  return {
    ...envelopeFields({
      type: MESSAGE_TYPES.report,
      device,
      bootId: 'boot-1',
      sequence,
      timeMs,
      sentAtMs: timeMs + 500,
    }),
    type: MESSAGE_TYPES.report,
    data: {
      seat: { operator: 'cr', train: 'G334', serviceDate: '2026-05-01', coach: '7', place: `${sequence}A` },
      section,
      reservations: [
        { checkedAtMs: timeMs - 60_000, source: 'manifest', holder: token('ticket', 'holder'), section },
      ],
      occupant: options.ticket === undefined ? {} : { ticket: options.ticket },
      askedAtMs: asked ? timeMs - 5_000 : null,
      answer,
      answeredAtMs: asked ? timeMs : null,
      conductor: token('staff', 'c'),
      simulated: true,
    },
  };
}

export const incoming = (message: IncomingMessage['message']): IncomingMessage => ({
  message,
  payload: JSON.stringify(message),
  receivedAtMs: message.sentat + 20,
});

/** A stream of reports: two of three are refusals, one in seven occupants shows no ticket. */
export const reports = (count: number, from = 1): readonly IncomingMessage[] =>
  Array.from({ length: count }, (_, i) => from + i).map((sequence) =>
    incoming(
      reportMessage({
        sequence,
        answer: sequence % 3 === 0 ? 'moved' : 'refused',
        ticket: sequence % 7 === 0 ? undefined : token('ticket', `p${sequence % 5}`),
      }),
    ),
  );
