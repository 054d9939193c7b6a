/**
 * What a conductor files about a seat. The infraction is not "sits there" but "holds another's reserved seat, was
 * asked to leave it, and refused" (India, Railways Act 1989 s.155; UK byelaw 19), so the report holds the reservation
 * checked, the request and the refusal. A seat is {train, date, coach, place, section} as in OSDM / UIC 90918-10
 * `ReservedPlace`; one seat can be sold twice on different legs.
 */
import { Type, type Static } from 'typebox';
import { Envelope, MESSAGE_TYPES } from './envelope.ts';
import { StaffToken, TicketToken } from './tokens.ts';
import { EpochMs, Slug } from './units.ts';

const Station = Type.String({ minLength: 1, maxLength: 60 });

export const Section = Type.Object(
  {
    from: Station,
    to: Station,
    fromStop: Type.Integer({
      minimum: 0,
      maximum: 200,
      description: "Position of `from` in the train's list of stops.",
    }),
    toStop: Type.Integer({ minimum: 1, maximum: 201 }),
  },
  { additionalProperties: false },
);

export const SeatRef = Type.Object(
  {
    operator: Slug,
    train: Type.String({ pattern: '^[A-Z0-9-]{1,12}$' }),
    serviceDate: Type.String({ format: 'date' }),
    coach: Type.String({ pattern: '^[A-Z0-9]{1,4}$' }),
    place: Type.String({ pattern: '^[A-Z0-9]{1,6}$' }),
  },
  { additionalProperties: false },
);
export type SeatRef = Static<typeof SeatRef>;

export const ReservationCheck = Type.Object(
  {
    checkedAtMs: EpochMs,
    source: Type.Union([Type.Literal('manifest'), Type.Literal('ticket-scan'), Type.Literal('central')]),
    holder: TicketToken,
    section: Section,
  },
  { additionalProperties: false, description: 'A valid reservation of this seat that the conductor saw.' },
);

export const ConductorReport = Type.Object(
  {
    seat: SeatRef,
    section: Section,
    reservations: Type.Array(ReservationCheck, {
      maxItems: 4,
      description: 'Every reservation of this seat the conductor found; two that overlap are a double sale.',
    }),
    occupant: Type.Object(
      { ticket: Type.Optional(TicketToken) },
      { additionalProperties: false, description: 'Who sits there; no ticket shown leaves it unidentified.' },
    ),
    askedAtMs: Type.Union([EpochMs, Type.Null()]),
    answer: Type.Union([
      Type.Literal('moved'),
      Type.Literal('refused'),
      Type.Literal('left-before-asked'),
      Type.Literal('not-asked'),
    ]),
    answeredAtMs: Type.Union([EpochMs, Type.Null()]),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    conductor: StaffToken,
    simulated: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type ConductorReport = Static<typeof ConductorReport>;

export const ReportMessage = Envelope(MESSAGE_TYPES.report, ConductorReport);
export type ReportMessage = Static<typeof ReportMessage>;

export const sectionsOverlap = (a: Static<typeof Section>, b: Static<typeof Section>): boolean =>
  a.fromStop < b.toStop && b.fromStop < a.toStop;

/** The rules of a report that JSON Schema cannot say. @returns the first fault in words, or undefined. */
export function reportFault(report: ConductorReport): string | undefined {
  if (report.section.fromStop >= report.section.toStop) return '/section/toStop must come after fromStop';
  for (const [i, { section }] of report.reservations.entries())
    if (section.fromStop >= section.toStop)
      return `/reservations/${i}/section/toStop must come after fromStop`;
  return requestFault(report);
}

function requestFault({ answer, askedAtMs, answeredAtMs }: ConductorReport): string | undefined {
  if (answer !== 'moved' && answer !== 'refused')
    return askedAtMs === null ? undefined : `/answer "${answer}" contradicts askedAtMs`;
  if (askedAtMs === null) return `/askedAtMs must say when, because the answer is "${answer}"`;
  if (answeredAtMs === null) return '/answeredAtMs must say when the answer was given';
  return answeredAtMs < askedAtMs ? '/answeredAtMs is before askedAtMs' : undefined;
}
