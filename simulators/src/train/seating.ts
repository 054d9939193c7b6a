/** Who sits where after each stop, and who finds somebody on the seat they have reserved. */
import type { Random } from '../street/random.ts';
import type { BookedTrain, Booking } from './bookings.ts';

/** A passenger comes to its seat, and somebody sits there. */
export interface Dispute {
  /** The train has just left this stop. */
  readonly stop: number;
  readonly claimant: Booking;
  readonly occupant: Booking;
}

/** Most people sort it out between themselves. */
const CALLS_CONDUCTOR = 0.6;
/** Who once refused is left alone after that. */
type Left = Set<Booking>;

/** @param settle how the dispute ends: whether the occupant gives up the seat. @returns the disputes a conductor is called to. */
export function seatPassengers(
  { places, bookings }: BookedTrain,
  stopCount: number,
  random: Random,
  settle: (dispute: Dispute) => boolean,
): readonly Dispute[] {
  const seats: (Booking | undefined)[] = places.map(() => undefined);
  const disputes: Dispute[] = [];
  const left: Left = new Set();
  for (let stop = 0; stop < stopCount - 1; stop++) {
    for (const [place, sitter] of seats.entries())
      if (sitter && leavesAt(sitter, stop, stopCount)) seats[place] = undefined;
    for (const booking of bookings) if (booking.fromStop === stop) takeSeat(booking, stop);
  }
  return disputes;

  function takeSeat(booking: Booking, stop: number): void {
    const wanted = wantedPlace(booking);
    const sitter = seats[wanted];
    if (sitter === undefined) seats[wanted] = booking;
    else if (wanted === booking.place) disputeSeat({ stop, claimant: booking, occupant: sitter });
    else sitOnOwn(booking, stop);
  }

  /** The seat it had in mind was taken: who was wrong, or hoped, looks at the ticket again. */
  function sitOnOwn(booking: Booking, stop: number): void {
    const sitter = seats[booking.place];
    if (sitter === undefined) seats[booking.place] = booking;
    else disputeSeat({ stop, claimant: booking, occupant: sitter });
  }

  function disputeSeat(dispute: Dispute): void {
    const { claimant, occupant } = dispute;
    if (left.has(occupant)) return;
    const called = occupant.soldTwice || random.chance(CALLS_CONDUCTOR);
    const moves = called ? settle(dispute) : true;
    if (called) disputes.push(dispute);
    if (moves) seats[claimant.place] = claimant;
    else left.add(occupant);
  }

  function wantedPlace({ mind, place }: Booking): number {
    if (mind === 'mistaken') return (place + random.pick([1, -1, 80, -80]) + places.length) % places.length;
    if (mind !== 'squats') return place;
    const free = seats.findIndex((sitter, n) => sitter === undefined && places[n]?.place.endsWith('F'));
    return free === -1 ? place : free;
  }
}

/** Who overstays rides on to the end; the ticket does not. */
const leavesAt = (booking: Booking, stop: number, stopCount: number): boolean =>
  booking.mind === 'overstays' ? stop === stopCount - 1 : booking.toStop <= stop;
