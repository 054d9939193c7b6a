/** What a conductor files: refusals by people with and without a ticket, people who moved, and a seat sold twice. */
import type { ConductorReport } from '@wayside/contracts/conductor-report';
import { chance, tokenText } from '../random.ts';
import type { Player } from './cast.ts';
import { factTimeMs } from './clock.ts';

export type ReportKind = 'refused' | 'no-ticket' | 'moved' | 'sold-twice';

const TICKETS = 40;
const EVERY_MS = 9_000;

export function reportKind({ seed, device }: Player, report: number): ReportKind {
  const at = chance(seed, device, report, 'report');
  if (at < 0.45) return 'refused';
  if (at < 0.55) return 'no-ticket';
  return at < 0.85 ? 'moved' : 'sold-twice';
}

export const ticketOf = ({ seed, device }: Player, report: number): string =>
  `ticket_${tokenText(seed, 'ticket', Math.floor(chance(seed, device, report, 'ticket') * TICKETS))}`;

export const reportTimeMs = (player: Player, report: number): number => factTimeMs(player, report, EVERY_MS);

/** Each conductor has a train of their own: two who file the same ticket on one train have seen one event. */
const trainOf = ({ device }: Player): string =>
  `T${Math.floor(chance(device, 'train') * 16 ** 8)
    .toString(16)
    .toUpperCase()}`;

export function reportOf(player: Player, report: number): ConductorReport {
  const kind = reportKind(player, report);
  const atMs = reportTimeMs(player, report);
  const ticket = ticketOf(player, report);
  const section = { from: 'Ganzhou', to: 'Xinfeng', fromStop: 0, toStop: 3 };
  const check = (holder: string): ConductorReport['reservations'][number] => ({
    checkedAtMs: atMs - 60_000,
    source: 'manifest',
    holder,
    section,
  });
  const holder = `ticket_${tokenText('the-holder', player.device, report)}`;
  return {
    seat: {
      operator: 'cr',
      train: trainOf(player),
      serviceDate: '2026-11-23',
      coach: '7',
      place: `${(report % 900) + 1}A`,
    },
    section,
    reservations: kind === 'sold-twice' ? [check(holder), check(ticket)] : [check(holder)],
    occupant: kind === 'no-ticket' ? {} : { ticket },
    askedAtMs: atMs - 5_000,
    answer: kind === 'moved' ? 'moved' : 'refused',
    answeredAtMs: atMs,
    conductor: `staff_${tokenText(player.device)}`,
    simulated: true,
  };
}
