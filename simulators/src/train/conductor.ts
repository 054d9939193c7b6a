/** What comes of a dispute once the conductor is there: what is checked, asked and answered, in seconds from its start. */
import type { Outcome, Reason } from '@wayside/contracts/verdict';
import type { ReportInput } from '@wayside/edge/handheld/report-input';
import type { Random } from '../street/random.ts';
import type { Mind } from './bookings.ts';
import type { Dispute } from './seating.ts';

type Answer = ReportInput['answer'];
type Source = ReportInput['reservations'][number]['source'];

export interface Intervention {
  readonly answer: Answer;
  readonly source: Source;
  readonly checkedAfterSeconds: number;
  readonly askedAfterSeconds: number;
  readonly answeredAfterSeconds: number;
  /** Whether the claimant's reservation was looked up at all. */
  readonly checked: boolean;
  /** Whether the occupant showed a ticket. */
  readonly shown: boolean;
  readonly note: string | undefined;
}

/** Of those asked, who refuses. Who bought the same seat has every reason to. */
const REFUSES: Readonly<Record<Mind, number>> = {
  proper: 0.02,
  mistaken: 0.03,
  overstays: 0.4,
  squats: 0.55,
};
const REFUSES_SOLD_TWICE = 0.9;
const LEAVES_UNASKED = 0.08;
const NOT_ASKED = 0.04;
const UNCHECKED = 0.03;
const SHOWS_TICKET = 0.85;
const SOURCES: Readonly<Record<Source, number>> = { manifest: 50, 'ticket-scan': 35, central: 15 };
const NOTES = ['would not move', 'said the seat was free', 'asked twice', 'became loud'] as const;

export function intervene(random: Random, { occupant }: Dispute): Intervention {
  const answer = drawAnswer(random, occupant.mind, occupant.soldTwice);
  const checkedAfterSeconds = random.between(1, 4);
  const askedAfterSeconds = checkedAfterSeconds + random.between(1, 4);
  return {
    answer,
    source: random.weighted(SOURCES),
    checkedAfterSeconds,
    askedAfterSeconds,
    answeredAfterSeconds: askedAfterSeconds + random.between(2, 12),
    checked: occupant.soldTwice || !random.chance(UNCHECKED),
    shown: occupant.soldTwice || random.chance(SHOWS_TICKET),
    note: answer === 'refused' ? random.pick(NOTES) : undefined,
  };
}

function drawAnswer(random: Random, mind: Mind, soldTwice: boolean): Answer {
  if (!soldTwice && random.chance(LEAVES_UNASKED)) return 'left-before-asked';
  if (random.chance(NOT_ASKED)) return 'not-asked';
  return random.chance(soldTwice ? REFUSES_SOLD_TWICE : REFUSES[mind]) ? 'refused' : 'moved';
}

/** What the law says, knowing all of it: a seat sold twice is the operator's doing. */
export function trueAnswer(
  { claimant, occupant }: Dispute,
  { answer }: Intervention,
): { readonly outcome: Exclude<Outcome, 'undecided'>; readonly reason: Reason } {
  if (answer === 'moved') return { outcome: 'clear', reason: 'moved-when-asked' };
  if (answer !== 'refused') return { outcome: 'clear', reason: 'not-asked' };
  if (occupant.soldTwice && occupant.place === claimant.place)
    return { outcome: 'clear', reason: 'double-sale' };
  return { outcome: 'infraction', reason: 'refused-anothers-seat' };
}
