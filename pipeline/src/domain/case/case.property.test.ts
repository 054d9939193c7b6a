/** Random histories: whatever anybody tries, and whenever, these hold. */
import {
  CASE_EVENTS,
  CASE_STATES,
  type Actor,
  type CaseEvent,
  type CaseState,
} from '@wayside/contracts/case';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anOrigin,
  DAY_MS,
  driver,
  keeper,
  lawOf,
  officer,
  plate,
  system,
  ticket,
  Walk,
} from '../../testing/case-walk.ts';
import type { Transition } from './case-file.ts';
import { EVENT_RULES } from './event-rules.ts';
import { evolve } from './evolve.ts';
import { openCase, type CaseOrigin } from './open-case.ts';
import { advance } from './step.ts';
import type { Surroundings } from './system-step.ts';
import { allowedEvents, isEnd } from './table.ts';

const OTHER = '22222222-2222-5222-8222-222222222222';
const start = Date.parse('2026-03-02T02:00:00Z');
const PEOPLE: readonly Actor[] = [
  ...['li', 'wu', 'zhao', 'qian'].map(officer),
  keeper(plate('keeper')),
  ...[plate('driver'), plate('keeper'), ticket('anna')].map(driver),
  system,
];
/** Ways out; tried one time in eight, or few histories would get far. */
const WAYS_OUT: readonly CaseEvent[] = ['release', 'reject', 'mark-duplicate', 'accept'];
const attemptsOf = (event: CaseEvent) =>
  PEOPLE.flatMap((by) => (EVENT_RULES[event][by.kind] ?? []).map((why) => ({ event, by, why })));

const laws = [
  ...(['cn', 'uk', 'it', 'it', 'it'] as const).flatMap((id) =>
    [0, 1000].map((perMille) =>
      lawOf(id, 'road', { confirmedPerMille: perMille, rejectedPerMille: perMille }),
    ),
  ),
  lawOf('cn', 'rail'),
];
const origins = [
  anOrigin(),
  anOrigin({ keeper: null }),
  anOrigin({ points: 0 }),
  anOrigin({ calibration: { validUntil: null } }),
];

const move = fc.record({
  event: fc.nat(),
  attempt: fc.nat(),
  driver: fc.constantFrom(plate('driver'), plate('keeper'), ticket('anna')),
  note: fc.constantFrom('Seen in every frame.', 'Seen in every frame.', ' '),
  /** Mostly what the table has, now and then anything. */
  tries: fc.constantFrom(
    ...(['likely', 'likely', 'likely', 'likely', 'likely', 'likely', 'legal', 'any'] as const),
  ),
  afterMs: fc.oneof(
    { weight: 30, arbitrary: fc.nat(60_000) },
    { weight: 4, arbitrary: fc.nat(2 * DAY_MS) },
    { weight: 1, arbitrary: fc.nat(70 * DAY_MS) },
  ),
  schedulerRuns: fc.nat(2).map((n) => n > 0),
  suspended: fc.nat(19).map((n) => n === 0),
});
type Tries = 'likely' | 'legal' | 'any';

const play = fc.record({
  law: fc.constantFrom(...laws),
  origin: fc.constantFrom(...origins),
  moves: fc.array(move, { minLength: 20, maxLength: 80, size: 'max' }),
});

interface Play {
  readonly law: Surroundings;
  readonly origin: CaseOrigin;
  readonly moves: readonly (typeof move extends fc.Arbitrary<infer T> ? T : never)[];
}

const originUnder = (given: CaseOrigin, { track }: Surroundings): CaseOrigin =>
  track.driver.identifiedBy === 'ticket-shown'
    ? { ...given, track: 'rail', calibration: null, keeper: given.keeper && ticket('anna') }
    : given;

function eventsFor(tries: Tries, state: CaseState): readonly CaseEvent[] {
  if (tries === 'any') return CASE_EVENTS;
  const legal = allowedEvents(state);
  const likely = legal.filter((event) => !WAYS_OUT.includes(event));
  return tries === 'likely' && likely.length > 0 ? likely : legal;
}

function playedBy({ law, origin, moves }: Play): Walk {
  const walk = new Walk(originUnder(origin, law), law, start);
  let nowMs = start;
  for (const given of moves) {
    nowMs += given.afterMs;
    walk.around = { ...law, deviceSuspended: given.suspended };
    if (given.schedulerRuns) walk.pass(nowMs);
    const events = eventsFor(given.tries, walk.file.state);
    if (events.length === 0) break;
    const attempts = attemptsOf(events[given.event % events.length]!);
    const more = { note: given.note, driver: given.driver, duplicateOf: OTHER };
    // Who is likely to succeed tries again with another officer, person or reason.
    for (let again = 0; again < (given.tries === 'likely' ? 6 : 1); again++) {
      const { event, by, why } = attempts[(given.attempt + again) % attempts.length]!;
      if (walk.tryOne({ event, by, at: nowMs, why, more }).kind === 'refused') continue;
      walk.do(event, by, nowMs, why, more);
      break;
    }
  }
  return walk;
}

const holds = (check: (walk: Walk) => void, parameters: fc.Parameters<[Play]> = { numRuns: 300 }): void => {
  fc.assert(
    fc.property(play, (given) => check(playedBy(given))),
    parameters,
  );
};
const byEvent = ({ history }: Walk, ...events: readonly string[]): readonly Transition[] =>
  history.filter(({ event }) => events.includes(event));

describe('every history of a case', () => {
  it('reaches posted only through an officer’s review, a named driver, a notice and the end of the window', () => {
    holds((walk) => {
      if (walk.file.state !== 'posted') return;
      const order = walk.history.map(({ to }) => to);
      expect(byEvent(walk, 'confirm').at(-1)).toMatchObject({ to: 'confirmed', actor: { kind: 'officer' } });
      expect(walk.file.driver).not.toBeNull();
      expect(order.lastIndexOf('confirmed')).toBeLessThan(order.lastIndexOf('identified'));
      expect(order.lastIndexOf('identified')).toBeLessThan(order.lastIndexOf('noticed'));
      expect(order.lastIndexOf('noticed')).toBeLessThan(order.indexOf('final'));
      const end = byEvent(walk, 'finalise')[0];
      const { noticed = Infinity } = walk.file.moments;
      if (end?.reason === 'appeal-window-lapsed') expect(end.atMs).toBeGreaterThan(noticed + 6 * DAY_MS);
      if (end?.reason === 'accepted-by-person') expect(byEvent(walk, 'accept')).toHaveLength(1);
      if (end?.reason === 'no-further-appeal') expect(byEvent(walk, 'dismiss').length).toBeGreaterThan(0);
    });
  });

  it('resolves what is held at most once, and nothing follows', () => {
    holds((walk) => {
      const ends = walk.history.filter(({ to }) => isEnd(to));
      expect(ends.length).toBeLessThanOrEqual(1);
      expect(walk.history.findIndex(({ to }) => isEnd(to))).toBe(
        ends.length === 0 ? -1 : walk.history.length - 1,
      );
    });
  });

  it('has nobody decide the appeal who reviewed, nor the second stage who decided the first', () => {
    holds((walk) => {
      const reviewers = walk.file.reviews.map(({ officer: id }) => id);
      const { deciders } = walk.file;
      expect(new Set(reviewers).size).toBe(reviewers.length);
      expect(new Set(deciders).size).toBe(deciders.length);
      expect(deciders.filter((id) => reviewers.includes(id))).toEqual([]);
    });
  });

  it('is the fold of its transitions, without gaps, in time', () => {
    fc.assert(
      fc.property(play, (given) => {
        const walk = playedBy(given);
        const { file, transition } = openCase(originUnder(given.origin, given.law), start);
        expect(walk.history[0]).toEqual(transition);
        expect(walk.history.slice(1).reduce(evolve, file)).toEqual(walk.file);
        for (const [i, step] of walk.history.entries()) {
          const before = walk.history[i - 1];
          expect(step.position).toBe(i + 1);
          expect(step.from).toBe(before?.to ?? null);
          expect(step.atMs).toBeGreaterThanOrEqual(before?.atMs ?? start);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comes to rest: a scheduler that comes by twice does nothing the second time', () => {
    holds((walk) => {
      walk.pass(walk.file.changedAtMs);
      expect(advance(walk.file, walk.around, walk.file.changedAtMs)).toEqual([]);
    });
  });

  it('has no clock standing still when nobody has an appeal open', () => {
    holds(({ file }) => {
      const open = file.pauses.filter(({ toMs }) => toMs === null);
      expect(open).toHaveLength(file.state === 'appealed' || file.state === 'appealed-again' ? 1 : 0);
    });
  });

  it('is played widely enough to mean something: every state is reached', () => {
    const seen = new Set<string>();
    holds((walk) => walk.states.forEach((state) => seen.add(state)), { numRuns: 1200, seed: 8 });
    expect([...seen].sort()).toEqual([...CASE_STATES].sort());
  });
});
