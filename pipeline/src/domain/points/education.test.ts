import { describe, expect, it } from 'vitest';
import { entry, life, said, schemeOf } from '../../testing/points.ts';
import { grantFor } from './education.ts';

const ms = (at: string): number => Date.parse(at);

describe('a course in China', () => {
  it('education gives back at most 6 a cycle, the oldest entry first', () => {
    const book = life('cn', [entry('a', 3, '2026-02-20T02:00:00Z'), entry('b', 6, '2026-03-20T02:00:00Z')], {
      firstIssuedOn: '2019-09-15',
    });
    const credits = ['2026-04-01', '2026-04-02'].map((day, i) => ({
      id: `c${i}`,
      course: 'on-site',
      points: 2,
      completedAtMs: ms(`${day}T02:00:00Z`),
    }));
    expect(said({ ...book, credits }, '2026-05-01T00:00:00Z')).toEqual([
      'restore 2 of a on 2026-04-01T02:00:00.000Z',
      'restore 1 of a on 2026-04-02T02:00:00.000Z',
      'restore 1 of b on 2026-04-02T02:00:00.000Z',
    ]);
    const asked = (used: number, completedAt = '2026-05-01T00:00:00Z') =>
      grantFor(
        {
          ...book,
          credits: [{ id: 'x', course: 'on-site', points: used, completedAtMs: ms('2026-04-01T02:00:00Z') }],
        },
        schemeOf('cn').road,
        'Asia/Shanghai',
        { course: 'on-site', completedAtMs: ms(completedAt) },
      );
    expect(asked(4)).toEqual({ kind: 'granted', points: 2 });
    expect(asked(5)).toEqual({ kind: 'granted', points: 1 });
    expect(asked(6)).toEqual({ kind: 'refused', reason: 'cap-reached' });
    expect(asked(6, '2026-09-14T16:00:00Z')).toEqual({ kind: 'granted', points: 2 });
  });

  it('two courses of one day, told as its midnight, both count, whichever is told first', () => {
    const atMs = ms('2026-04-01T00:00:00+08:00');
    const entries = (aTaken: ReturnType<typeof entry>['taken']) => [
      entry('a', 2, '2026-02-20T02:00:00Z', { taken: aTaken }),
      entry('b', 6, '2026-03-20T02:00:00Z'),
    ];
    const course = (id: string) => ({ id, course: 'on-site', points: 2, completedAtMs: atMs });
    const both = { credits: [course('c'), course('d')] };
    expect(said(life('cn', entries([]), both), '2026-05-01T00:00:00Z')).toEqual([
      'restore 2 of a on 2026-03-31T16:00:00.000Z',
      'restore 2 of b on 2026-03-31T16:00:00.000Z',
    ]);
    for (const first of ['c', 'd']) {
      const taken = [{ kind: 'restore' as const, points: 2, atMs, cause: `education:${first}` }];
      expect(said(life('cn', entries(taken), both), '2026-05-01T00:00:00Z')).toEqual([
        'restore 2 of b on 2026-03-31T16:00:00.000Z',
      ]);
    }
  });

  it('a course that gave back points of a mistake gives them back of another entry instead', () => {
    const reversed = entry('a', 3, '2026-02-20T02:00:00Z', {
      taken: [
        { kind: 'restore', points: 2, atMs: ms('2026-04-01T02:00:00Z'), cause: 'education:c' },
        { kind: 'reverse', points: 1, atMs: ms('2026-05-01T02:00:00Z'), cause: 'reversal:r' },
      ],
    });
    const credits = [{ id: 'c', course: 'on-site', points: 2, completedAtMs: ms('2026-04-01T02:00:00Z') }];
    const book = life('cn', [reversed, entry('b', 3, '2026-03-20T02:00:00Z')], { credits });
    expect(said(book, '2026-05-02T00:00:00Z')).toEqual(['restore 2 of b on 2026-04-01T02:00:00.000Z']);
  });
});
