import { describe, expect, it } from 'vitest';
import { schemeOf } from '../../testing/points.ts';
import { restrictionTerm, type FinalCase } from './restriction.ts';

const ms = (at: string): number => Date.parse(at);
const { rail } = schemeOf('cn');
const final: FinalCase = { state: 'posted', track: 'rail', finalAtMs: ms('2026-03-18T16:00:00Z') };
const decide = (at: string, about: Partial<FinalCase> = {}, track = rail) =>
  restrictionTerm(track, { ...final, ...about }, ms(at), 'Asia/Shanghai');

describe('a restriction of purchase', () => {
  it('lasts 180 days from the end of the objection window', () => {
    expect(decide('2026-03-18T16:00:00Z')).toEqual({
      kind: 'term',
      fromMs: ms('2026-03-18T16:00:00Z'),
      untilMs: ms('2026-09-14T16:00:00Z'),
    });
  });

  it('begins only when a person has decided it, and does not end the later for that', () => {
    expect(decide('2026-04-01T02:00:00Z')).toMatchObject({
      fromMs: ms('2026-04-01T02:00:00Z'),
      untilMs: ms('2026-09-14T16:00:00Z'),
    });
    expect(decide('2026-09-14T16:00:00Z')).toEqual({ kind: 'refused', reason: 'over-already' });
  });

  it('is refused while a remedy is left, for a road case, and where the law knows none', () => {
    expect(decide('2026-04-01T02:00:00Z', { state: 'noticed', finalAtMs: null })).toMatchObject({
      reason: 'not-final',
    });
    expect(decide('2026-04-01T02:00:00Z', { state: 'released' })).toMatchObject({ reason: 'not-final' });
    expect(decide('2026-04-01T02:00:00Z', { track: 'road' })).toMatchObject({ reason: 'not-a-rail-case' });
    expect(decide('2026-04-01T02:00:00Z', {}, schemeOf('uk').rail)).toMatchObject({ reason: 'no-such-rule' });
  });
});
