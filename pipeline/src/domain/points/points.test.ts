import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entry, life, planAt, said, schemeOf, TERMS, written, type SchemeId } from '../../testing/points.ts';
import { grantFor } from './education.ts';
import { bonusAt, left, type AccountHistory, type Entry } from './history.ts';
import { lettersDue } from './letters.ts';

const ms = (at: string): number => Date.parse(at);

describe('in China', () => {
  const paid = { paidAtMs: ms('2026-06-01T00:00:00Z') };
  const issued = { firstIssuedOn: '2019-09-15' };

  it('a cycle that ends below 12 points with the fine paid clears them, at midnight of the anniversary there', () => {
    const book = life('cn', [entry('a', 3, '2026-05-20T02:00:00Z', paid)], issued);
    expect(said(book, '2026-09-14T15:59:59.999Z')).toEqual([]);
    expect(planAt(book, '2026-09-14T15:00:00Z').nextMs).toBe(ms('2026-09-14T16:00:00Z'));
    expect(said(book, '2026-09-14T16:00:00Z')).toEqual(['restore 3 of a on 2026-09-14T16:00:00.000Z']);
  });

  it('counts the cycle from the opening of the account where nobody has told the first issue', () => {
    const book = life('cn', [entry('a', 3, '2026-05-20T02:00:00Z', paid)]);
    expect(said(book, '2027-02-01T00:00:00Z')).toEqual(['restore 3 of a on 2027-01-09T16:00:00.000Z']);
  });

  it('an entry whose fine is unpaid goes on into the next cycle, and is cleared at its end once it is paid', () => {
    const entries = [
      entry('a', 3, '2026-05-20T02:00:00Z', paid),
      entry('b', 3, '2026-05-21T02:00:00Z', { paidAtMs: ms('2026-10-01T00:00:00Z') }),
    ];
    expect(said(life('cn', entries, issued), '2027-12-01T00:00:00Z')).toEqual([
      'restore 3 of a on 2026-09-14T16:00:00.000Z',
      'restore 3 of b on 2027-09-14T16:00:00.000Z',
    ]);
  });

  it('a payment that is told late has its effect at the end of the cycle it was made in', () => {
    const book = life('cn', [entry('a', 3, '2026-05-20T02:00:00Z')], issued);
    expect(said(book, '2026-09-20T00:00:00Z')).toEqual([]);
    const told = { ...book, entries: [entry('a', 3, '2026-05-20T02:00:00Z', paid)] };
    expect(said(told, '2026-09-20T00:00:00Z')).toEqual(['restore 3 of a on 2026-09-14T16:00:00.000Z']);
  });

  it('nothing is cleared at 12 points: the course must be passed first', () => {
    const entries = ['a', 'b', 'c', 'd'].map((id, i) => entry(id, 3, `2026-05-2${i}T02:00:00Z`, paid));
    const book = life('cn', entries, issued);
    expect(said(book, '2026-10-01T00:00:00Z')).toEqual([]);
    const passed = {
      ...book,
      credits: [
        {
          id: 'full',
          course: 'full-course',
          points: 'all' as const,
          completedAtMs: ms('2026-08-01T02:00:00Z'),
        },
      ],
    };
    expect(said(passed, '2026-10-01T00:00:00Z')).toHaveLength(4);
    expect(
      grantFor(book, schemeOf('cn').road, 'Asia/Shanghai', {
        course: 'online',
        completedAtMs: ms('2026-08-01T02:00:00Z'),
      }),
    ).toEqual({ kind: 'refused', reason: 'at-limit' });
  });
});

describe('in the United Kingdom', () => {
  it('points no longer count three years after the offence, whenever they were put on', () => {
    const book = life('uk', [
      entry('a', 3, '2026-05-20T02:00:00Z', { occurredAtMs: ms('2026-02-01T12:00:00Z') }),
    ]);
    expect(said(book, '2029-01-31T23:59:59Z')).toEqual([]);
    expect(said(book, '2029-02-01T00:00:00Z')).toEqual(['expire 3 of a on 2029-02-01T00:00:00.000Z']);
  });
});

describe('in Germany', () => {
  it('each entry goes by itself: one point after two and a half years, two after five', () => {
    const book = life('de', [entry('a', 1, '2026-02-28T10:00:00Z'), entry('b', 2, '2026-02-28T11:00:00Z')]);
    expect(said(book, '2040-01-01T00:00:00Z')).toEqual([
      'expire 1 of a on 2028-08-27T22:00:00.000Z',
      'expire 2 of b on 2031-02-27T23:00:00.000Z',
    ]);
  });

  it('a seminar takes off one point, once in five years, and only at five or fewer', () => {
    const seminar = { course: 'seminar', completedAtMs: ms('2026-06-01T10:00:00Z') };
    const at = (points: number, credits: AccountHistory['credits'] = []) =>
      grantFor(
        life('de', [entry('a', points, '2026-02-28T10:00:00Z')], { credits }),
        schemeOf('de').road,
        'Europe/Berlin',
        seminar,
      );
    expect(at(5)).toEqual({ kind: 'granted', points: 1 });
    expect(at(6)).toEqual({ kind: 'refused', reason: 'standing-too-high' });
    expect(at(0)).toMatchObject({ reason: 'nothing-to-restore' });
    const before = (day: string) => [
      { id: 's', course: 'seminar', points: 1, completedAtMs: ms(`${day}T10:00:00Z`) },
    ];
    expect(at(3, before('2021-06-03'))).toEqual({ kind: 'refused', reason: 'cap-reached' });
    expect(at(3, before('2021-06-01'))).toEqual({ kind: 'granted', points: 1 });
  });

  it('four points call for a letter, six for a warning, eight withhold the licence; each time they are reached', () => {
    const entries = [
      entry('a', 3, '2026-02-01T10:00:00Z'),
      entry('b', 2, '2026-03-01T10:00:00Z'),
      entry('c', 3, '2026-04-01T10:00:00Z'),
    ];
    const letters = (all: readonly Entry[]) =>
      lettersDue(all, schemeOf('de').road, Infinity).map(({ letter, entryId }) => `${letter} ${entryId}`);
    expect(letters(entries)).toEqual(['admonition b', 'warning c', 'licence-withheld c']);
    const fewer = entries.map((one) =>
      one.id === 'a'
        ? {
            ...one,
            taken: [{ kind: 'restore' as const, points: 2, atMs: ms('2026-02-15T10:00:00Z'), cause: 'x' }],
          }
        : one,
    );
    expect(letters(fewer)).toEqual(['admonition c', 'warning c']);
  });

  it('nobody is warned of an entry that proved a mistake', () => {
    const mistake = entry('a', 8, '2026-02-01T10:00:00Z', {
      taken: [{ kind: 'reverse', points: 8, atMs: ms('2026-02-02T10:00:00Z'), cause: 'reversal:r' }],
    });
    expect(lettersDue([mistake], schemeOf('de').road, Infinity)).toEqual([]);
  });
});

describe('in France', () => {
  it('one point comes back after six clean months, all after three clean years', () => {
    const book = life('fr', [entry('a', 6, '2026-02-01T10:00:00Z'), entry('b', 1, '2026-03-01T10:00:00Z')]);
    expect(said(book, '2029-06-01T00:00:00Z')).toEqual([
      'restore 1 of b on 2026-08-31T22:00:00.000Z',
      'restore 6 of a on 2029-02-28T23:00:00.000Z',
    ]);
  });

  it('another infraction breaks the clean years', () => {
    const book = life('fr', [entry('a', 6, '2026-02-01T10:00:00Z'), entry('b', 6, '2029-02-10T10:00:00Z')]);
    expect(said(book, '2030-01-01T00:00:00Z')).toEqual([]);
  });

  it('one that proved a mistake does not', () => {
    const mistake = entry('b', 6, '2028-03-01T10:00:00Z', {
      taken: [{ kind: 'reverse', points: 6, atMs: ms('2029-03-01T10:00:00Z'), cause: 'reversal:r' }],
    });
    const book = life('fr', [entry('a', 6, '2026-02-01T10:00:00Z'), mistake]);
    expect(said(book, '2029-03-02T00:00:00Z')).toEqual(['restore 6 of a on 2029-01-31T23:00:00.000Z']);
  });

  it('while an infraction in them is undecided nobody knows whether they were clean', () => {
    const open = life('fr', [entry('a', 6, '2026-02-01T10:00:00Z')], {
      openSinceMs: [ms('2028-12-01T10:00:00Z')],
    });
    expect(said(open, '2029-03-01T00:00:00Z')).toEqual([]);
    expect(said({ ...open, openSinceMs: [] }, '2029-05-01T00:00:00Z')).toEqual([
      'restore 6 of a on 2029-01-31T23:00:00.000Z',
    ]);
  });
});

describe('in Italy', () => {
  it('two clean years give two points, first what was lost, then a bonus, up to 30', () => {
    const book = life('it', [entry('a', 3, '2026-02-01T10:00:00Z')]);
    const moves = said(book, '2045-01-01T00:00:00Z');
    expect(moves.slice(0, 3)).toEqual([
      'restore 2 of a on 2028-01-31T23:00:00.000Z',
      'restore 1 of a on 2030-01-31T23:00:00.000Z',
      'award 1 on 2030-01-31T23:00:00.000Z',
    ]);
    const after = written(book, planAt(book, '2045-01-01T00:00:00Z').moves);
    expect(TERMS.it.initial + bonusAt(after.bonuses, Infinity)).toBe(30);
  });
});

const schemeIds: readonly SchemeId[] = ['cn', 'uk', 'de', 'fr', 'it'];
const START = ms('2026-01-10T04:00:00Z');
const DAY = 86_400_000;
const anEntry = fc.record({
  points: fc.integer({ min: 1, max: 8 }),
  posted: fc.integer({ min: 1, max: 4_000 }),
  paid: fc.option(fc.nat(1_000), { nil: undefined }),
});
const aLife = fc
  .record({
    scheme: fc.constantFrom(...schemeIds),
    entries: fc.array(anEntry, { maxLength: 6 }),
    credits: fc.array(fc.record({ day: fc.nat(4_000), points: fc.constantFrom(1, 2, 'all' as const) }), {
      maxLength: 3,
    }),
    open: fc.array(fc.nat(4_000), { maxLength: 1 }),
  })
  .map(({ scheme, entries, credits, open }) =>
    life(
      scheme,
      entries
        .toSorted((a, b) => a.posted - b.posted)
        .map(({ points, posted, paid }, i) =>
          entry(`e${i}`, points, new Date(START + posted * DAY).toISOString(), {
            paidAtMs: paid === undefined ? null : START + (posted + paid) * DAY,
          }),
        ),
      {
        openSinceMs: open.map((day) => START + day * DAY),
        credits: credits.map(({ day, points }, i) => ({
          id: `c${i}`,
          course: 'x',
          points,
          completedAtMs: START + day * DAY,
        })),
      },
    ),
  );
const aDay = fc.nat(6_000).map((day) => START + day * DAY);

describe('points that go up again', () => {
  it('never give back more than was taken, and never lift a balance above the highest', () => {
    fc.assert(
      fc.property(aLife, aDay, (book, at) => {
        const after = written(book, planAt(book, at).moves);
        for (const one of after.entries) expect(left(one)).toBeGreaterThanOrEqual(0);
        const posted = after.entries.reduce((sum, one) => sum + left(one), 0);
        const highest = book.terms.scheme === 'it' ? 30 : book.terms.initial;
        if (book.terms.counts === 'down')
          expect(book.terms.initial + bonusAt(after.bonuses, Infinity) - posted).toBeLessThanOrEqual(highest);
      }),
    );
  });

  it('are moved once: who looks again at the same moment finds nothing due', () => {
    fc.assert(
      fc.property(aLife, aDay, (book, at) => {
        const { moves, nextMs } = planAt(book, at);
        expect(planAt(written(book, moves), at)).toEqual({
          moves: [],
          nextMs: planAt(written(book, moves), at).nextMs,
        });
        if (nextMs !== null) expect(nextMs).toBeGreaterThan(at);
      }),
    );
  });

  it('are the same whether the scheduler came by often or only at the end', () => {
    fc.assert(
      fc.property(aLife, aDay, aDay, (book, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        // What was not posted yet could not be seen by the earlier look.
        const asOf = {
          ...book,
          entries: book.entries.filter((one) => one.postedAtMs <= early),
          credits: book.credits.filter((one) => one.completedAtMs <= early),
        };
        const first = planAt(asOf, early).moves;
        const both = [...first, ...planAt(written(book, first), late).moves];
        const once = planAt(book, late).moves;
        const points = (moves: typeof once) => moves.reduce((sum, move) => sum + move.points, 0);
        expect(points(both)).toBeGreaterThanOrEqual(0);
        if (book.credits.length === 0 && book.openSinceMs.length === 0 && allPaidInTime(book, early))
          expect(points(both)).toBe(points(once));
      }),
    );
  });
});

const allPaidInTime = (book: AccountHistory, at: number): boolean =>
  book.entries.every(
    ({ paidAtMs, postedAtMs, occurredAtMs }) =>
      (paidAtMs === null || paidAtMs >= postedAtMs) && !(occurredAtMs <= at && postedAtMs > at),
  );
