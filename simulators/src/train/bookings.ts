/** Who has reserved which place over which section, the operator's own errors among them: some places are sold twice. */
import type { Random } from '../street/random.ts';
import { placesOfTrain, type Place } from './coaches.ts';

/** What a passenger is like. Hidden from the system; the truth file tells it. */
export type Mind = 'proper' | 'mistaken' | 'overstays' | 'squats';

export interface Booking {
  readonly ticket: string;
  /** Index of the place among those of the train. */
  readonly place: number;
  readonly fromStop: number;
  readonly toStop: number;
  readonly mind: Mind;
  readonly soldTwice: boolean;
}

export interface BookedTrain {
  readonly places: readonly Place[];
  readonly bookings: readonly Booking[];
}

const TAKEN = 0.8;
const SOLD_TWICE = 0.004;
const MINDS: Readonly<Record<Mind, number>> = { proper: 880, mistaken: 50, overstays: 25, squats: 45 };

export function bookTrain(random: Random, stopCount: number): BookedTrain {
  const places = placesOfTrain();
  const last = stopCount - 1;
  const bookings: Booking[] = [];
  places.forEach((_, place) => {
    let stop = random.chance(0.5) ? 0 : random.integer(last);
    while (stop < last) {
      const toStop = Math.min(last, stop + 1 + random.integer(5));
      if (random.chance(TAKEN)) {
        const soldTwice = random.chance(SOLD_TWICE);
        bookings.push(draw(place, stop, toStop, soldTwice));
        if (soldTwice) bookings.push(draw(place, stop + random.integer(toStop - stop), toStop, true));
      }
      stop = toStop;
    }
  });
  return { places, bookings };

  function draw(place: number, fromStop: number, toStop: number, soldTwice: boolean): Booking {
    return { ticket: drawTicket(random), place, fromStop, toStop, mind: random.weighted(MINDS), soldTwice };
  }
}

/** As printed: a letter for the city and eight digits. */
const drawTicket = (random: Random): string =>
  `${String.fromCharCode(65 + random.integer(26))}${String(random.integer(100_000_000)).padStart(8, '0')}`;
