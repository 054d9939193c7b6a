/** One journey, drawn whole before it begins: the timetable, and each call to the conductor with what came of it. */
import type { ReportInput } from '@wayside/edge/handheld/report-input';
import { randomStream } from '../street/random.ts';
import { bookTrain, type BookedTrain, type Booking } from './bookings.ts';
import { intervene, trueAnswer, type Intervention } from './conductor.ts';
import { drawService, type Service, type Stop } from './route.ts';
import { seatPassengers, type Dispute } from './seating.ts';

/** A line of the train's truth file. */
export interface TrueDispute {
  readonly kind: 'seat';
  readonly train: string;
  readonly coach: string;
  readonly place: string;
  readonly fromStop: number;
  readonly toStop: number;
  readonly claimant: string;
  readonly occupant: string;
  readonly occupantMind: string;
  readonly soldTwice: boolean;
  readonly answer: string;
  readonly outcome: string;
  readonly reason: string;
}

export interface Call {
  /** Of the journey: when the conductor comes, and when the report is filed. */
  readonly startsAt: number;
  readonly filedAt: number;
  /** @param startMs device time at the start of the journey. */
  readonly report: (startMs: number) => ReportInput;
  readonly truth: TrueDispute;
}

export interface Journey {
  readonly service: Service;
  readonly calls: readonly Call[];
  readonly seconds: number;
}

/** From one dispute to the next the conductor walks. */
const WALK_SECONDS = 3;
const MS = 1000;

export function planJourney(seed: number, journey: number, speed: number): Journey {
  const random = randomStream(seed, 'train', journey);
  const service = drawService(random, journey, speed);
  const train = bookTrain(random, service.stops.length);
  const interventions = new Map<Dispute, Intervention>();
  const disputes = seatPassengers(train, service.stops.length, random, (dispute) => {
    const intervention = intervene(random, dispute);
    interventions.set(dispute, intervention);
    return intervention.answer === 'moved' || intervention.answer === 'left-before-asked';
  });
  const conductor = `C-${100 + random.integer(900)}`;
  let freeAt = 0;
  const calls = disputes.map((dispute) => {
    const intervention = interventions.get(dispute) as Intervention;
    const { departsAt } = service.stops[dispute.stop] as Stop;
    const startsAt = Math.max(departsAt, freeAt) + random.between(1, WALK_SECONDS);
    freeAt = startsAt + intervention.answeredAfterSeconds + 1;
    return callOf({ service, train, dispute, intervention, conductor, startsAt });
  });
  return { service, calls, seconds: Math.max(freeAt, service.stops.at(-1)?.arrivesAt ?? 0) };
}

interface CallFacts {
  readonly service: Service;
  readonly train: BookedTrain;
  readonly dispute: Dispute;
  readonly intervention: Intervention;
  readonly conductor: string;
  readonly startsAt: number;
}

function callOf(facts: CallFacts): Call {
  const { dispute, intervention, startsAt, service } = facts;
  const { claimant, occupant } = dispute;
  return {
    startsAt,
    filedAt: startsAt + intervention.answeredAfterSeconds + 1,
    report: (startMs) => reportOf(facts, startMs),
    truth: {
      kind: 'seat',
      train: service.train,
      ...placeOf(facts),
      fromStop: dispute.stop,
      toStop: claimant.toStop,
      claimant: claimant.ticket,
      occupant: occupant.ticket,
      occupantMind: occupant.mind,
      soldTwice: occupant.soldTwice,
      answer: intervention.answer,
      ...trueAnswer(dispute, intervention),
    },
  };
}

const placeOf = ({ train, dispute }: CallFacts): { readonly coach: string; readonly place: string } =>
  train.places[dispute.claimant.place] as { coach: string; place: string };

function reportOf(facts: CallFacts, startMs: number): ReportInput {
  const { service, dispute, intervention, conductor, startsAt } = facts;
  const { claimant, occupant } = dispute;
  const at = (afterSeconds: number): number => Math.round(startMs + (startsAt + afterSeconds) * MS);
  const asked = intervention.answer === 'moved' || intervention.answer === 'refused';
  const checked = (booking: Booking): ReportInput['reservations'][number] => ({
    checkedAtMs: at(intervention.checkedAfterSeconds),
    source: intervention.source,
    holderTicket: booking.ticket,
    section: sectionOf(service, booking.fromStop, booking.toStop),
  });
  return {
    seat: {
      operator: service.operator,
      train: service.train,
      serviceDate: new Date(startMs).toISOString().slice(0, 10),
      ...placeOf(facts),
    },
    section: sectionOf(service, dispute.stop, claimant.toStop),
    reservations: [
      ...(intervention.checked ? [checked(claimant)] : []),
      ...(occupant.place === claimant.place && intervention.shown ? [checked(occupant)] : []),
    ],
    ...(intervention.shown && { occupantTicket: occupant.ticket }),
    askedAtMs: asked ? at(intervention.askedAfterSeconds) : null,
    answer: intervention.answer,
    answeredAtMs: asked ? at(intervention.answeredAfterSeconds) : null,
    ...(intervention.note !== undefined && { note: intervention.note }),
    conductor,
    simulated: true,
  };
}

const sectionOf = (service: Service, fromStop: number, toStop: number): ReportInput['section'] => ({
  from: (service.stops[fromStop] as Stop).name,
  to: (service.stops[toStop] as Stop).name,
  fromStop,
  toStop,
});
