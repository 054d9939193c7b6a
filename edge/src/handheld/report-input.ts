/** What a conductor enters: a report with tickets and staff number as read, and the report it becomes. */
import { ConductorReport, reportFault, ReservationCheck, Section } from '@wayside/contracts/conductor-report';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Tokens } from '../tokens.ts';

const Legible = Type.String({ minLength: 1, maxLength: 80 });

const ReservationInput = Type.Object(
  {
    checkedAtMs: ReservationCheck.properties.checkedAtMs,
    source: ReservationCheck.properties.source,
    holderTicket: Legible,
    section: Section,
  },
  { additionalProperties: false },
);

export const ReportInput = Type.Object(
  {
    seat: ConductorReport.properties.seat,
    section: Section,
    reservations: Type.Array(ReservationInput, { maxItems: 4 }),
    occupantTicket: Type.Optional(Legible),
    askedAtMs: ConductorReport.properties.askedAtMs,
    answer: ConductorReport.properties.answer,
    answeredAtMs: ConductorReport.properties.answeredAtMs,
    note: ConductorReport.properties.note,
    conductor: Legible,
    simulated: ConductorReport.properties.simulated,
  },
  { additionalProperties: false },
);
export type ReportInput = Static<typeof ReportInput>;

export type BuiltReport =
  | { readonly kind: 'report'; readonly report: ConductorReport }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

const inputValidator = Compile(ReportInput);

/** Reads what came from outside, a file or a form. @returns every problem in words */
export function parseReportInput(
  value: unknown,
):
  | { readonly kind: 'input'; readonly input: ReportInput }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] } {
  if (inputValidator.Check(value)) return { kind: 'input', input: value };
  const problems = [...inputValidator.Errors(value)].map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
  );
  return { kind: 'invalid', problems: [...new Set(problems)] };
}

export function buildReport(input: ReportInput, tokens: Tokens): BuiltReport {
  const problems: string[] = [];
  const needed = (token: string | undefined, field: string): string => {
    if (token === undefined) problems.push(`${field} holds nothing legible`);
    return token ?? '';
  };
  const { occupantTicket, conductor, reservations, ...same } = input;
  const report: ConductorReport = {
    ...same,
    reservations: reservations.map(({ holderTicket, ...check }, i) => ({
      ...check,
      holder: needed(tokens.ticket(holderTicket), `/reservations/${i}/holderTicket`),
    })),
    occupant:
      occupantTicket === undefined
        ? {}
        : { ticket: needed(tokens.ticket(occupantTicket), '/occupantTicket') },
    conductor: needed(tokens.staff(conductor), '/conductor'),
  };
  const fault = reportFault(report);
  if (fault !== undefined) problems.push(fault);
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'report', report };
}

/** The device's clock at the first fact inside; undefined where nothing in it has a time. */
export function firstFactMs(report: ConductorReport): number | undefined {
  const times = [report.askedAtMs, ...report.reservations.map(({ checkedAtMs }) => checkedAtMs)];
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : undefined;
}
