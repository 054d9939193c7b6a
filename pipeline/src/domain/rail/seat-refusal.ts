/**
 * Judges a conductor's report of a seat dispute. The infraction is holding another's reserved seat, having been asked
 * to leave it, and refusing (India, Railways Act 1989 s.155; UK byelaw 19); anything less is clear or undecided.
 */
import { sectionsOverlap, type ConductorReport } from '@wayside/contracts/conductor-report';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Finding, Outcome, Reason } from '@wayside/contracts/verdict';

interface Ruling {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly explanation: string;
}

export function judgeSeat(report: ConductorReport, profile: LawProfile): Finding {
  const ruling = rule(report);
  return {
    rule: 'seat-refusal',
    ...ruling,
    pedestrianTracks: [],
    measures: {},
    points: ruling.outcome === 'infraction' ? profile.rail.rules['seat-refusal'].points : 0,
  };
}

function rule(report: ConductorReport): Ruling {
  switch (report.answer) {
    case 'moved':
      return clear('moved-when-asked', 'The occupant left the seat when asked.');
    case 'not-asked':
      return clear('not-asked', 'Nobody asked the occupant to leave the seat.');
    case 'left-before-asked':
      return clear('not-asked', 'The occupant left the seat before being asked.');
    case 'refused':
      return ruleRefusal(report);
  }
}

function ruleRefusal(report: ConductorReport): Ruling {
  const { reservations, section, occupant } = report;
  if (reservations.length === 0)
    return undecided('reservation-not-checked', 'The occupant refused, but no reservation was checked.');
  const inForce = reservations.filter((reservation) => sectionsOverlap(reservation.section, section));
  if (inForce.length === 0)
    return clear('no-overlap', `No reservation checked covers any part of ${sectionText(section)}.`);
  const own = inForce.filter(({ holder }) => holder === occupant.ticket);
  const others = inForce.filter(({ holder }) => holder !== occupant.ticket);
  if (others.length === 0)
    return clear('own-reservation', 'The occupant holds the reservation of this seat.');
  if (own.length > 0)
    return undecided(
      'double-sale',
      `The seat was sold to the occupant and to another over ${sectionText(section)}.`,
    );
  return ruleOccupation(report, Math.min(...others.map(({ checkedAtMs }) => checkedAtMs)));
}

/** A reservation looked up only after the refusal cannot have been what the occupant refused to respect. */
function ruleOccupation(report: ConductorReport, firstCheckedAtMs: number): Ruling {
  const { askedAtMs, answeredAtMs, section, seat, occupant } = report;
  if (askedAtMs === null || answeredAtMs === null)
    return undecided(
      'reservation-not-checked',
      'The report does not say when the occupant was asked and refused.',
    );
  if (firstCheckedAtMs > answeredAtMs)
    return undecided('reservation-not-checked', 'The reservation was checked only after the refusal.');
  const who = occupant.ticket === undefined ? ' The occupant showed no ticket and is not identified.' : '';
  return {
    outcome: 'infraction',
    reason: 'refused-anothers-seat',
    explanation:
      `Place ${seat.place} in coach ${seat.coach} is reserved by another over ${sectionText(section)}; ` +
      `the reservation was checked, the occupant was asked to leave and refused ` +
      `${((answeredAtMs - askedAtMs) / 1000).toFixed(0)} s later.${who}`,
  };
}

const sectionText = ({ from, to }: ConductorReport['section']): string => `${from} to ${to}`;
const clear = (reason: Reason, explanation: string): Ruling => ({ outcome: 'clear', reason, explanation });
const undecided = (reason: Reason, explanation: string): Ruling => ({
  outcome: 'undecided',
  reason,
  explanation,
});
