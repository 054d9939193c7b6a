import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availablePoints, type AccountTerms } from './account-terms.ts';
import { balanceChange, foldPockets, heldAndPosted } from './fold.ts';
import {
  awardTransfer,
  holdIdOf,
  holdTransfer,
  pocket,
  resolutionTransfer,
  type Transfer,
} from './transfer.ts';

const down: AccountTerms = { scheme: 'cn', counts: 'down', initial: 12, limit: 0 };
const up: AccountTerms = { scheme: 'uk', counts: 'up', initial: 0, limit: 12 };
const account = 'road:plate_x';

const order = (infractionId: string, points: number) => ({
  holdId: holdIdOf(infractionId),
  infractionId,
  account,
  points,
});

const history = fc.array(
  fc.record({
    points: fc.integer({ min: 1, max: 12 }),
    resolution: fc.constantFrom('post' as const, 'release' as const, undefined),
  }),
  { maxLength: 40 },
);

function play(
  terms: AccountTerms,
  moves: readonly { points: number; resolution: 'post' | 'release' | undefined }[],
) {
  const transfers: Transfer[] = [];
  const award = awardTransfer(account, terms);
  if (award) transfers.push(award);
  for (const [i, move] of moves.entries()) {
    const hold = holdTransfer(order(`infraction-${i}`, move.points), terms);
    transfers.push(hold);
    if (move.resolution) transfers.push(resolutionTransfer(hold, move.resolution, 'test'));
  }
  return transfers;
}

describe('the ledger', () => {
  it('sums to zero over all pockets, whatever is held, posted and released', () => {
    fc.assert(
      fc.property(fc.constantFrom(down, up), history, (terms, moves) => {
        const pockets = foldPockets(play(terms, moves));
        expect([...pockets.values()].reduce((sum, points) => sum + points, 0)).toBe(0);
      }),
    );
  });

  it('holds what is neither posted nor released, and posts what was posted', () => {
    fc.assert(
      fc.property(fc.constantFrom(down, up), history, (terms, moves) => {
        const sumOf = (resolution: string | undefined) =>
          moves.reduce((sum, move) => sum + (move.resolution === resolution ? move.points : 0), 0);
        const folded = heldAndPosted(foldPockets(play(terms, moves)), account);
        expect(folded).toEqual({ held: sumOf(undefined), posted: sumOf('post') });
      }),
    );
  });

  it('keeps balances that equal the fold, one transfer at a time', () => {
    fc.assert(
      fc.property(fc.constantFrom(down, up), history, (terms, moves) => {
        const transfers = play(terms, moves);
        const kept = transfers
          .map(balanceChange)
          .reduce((sum, change) => ({ held: sum.held + change.held, posted: sum.posted + change.posted }), {
            held: 0,
            posted: 0,
          });
        expect(kept).toEqual(heldAndPosted(foldPockets(transfers), account));
      }),
    );
  });

  it('leaves an account that counts down with what it was awarded less what was taken', () => {
    const transfers = play(down, [
      { points: 3, resolution: undefined },
      { points: 6, resolution: 'release' },
      { points: 3, resolution: 'post' },
    ]);
    expect(foldPockets(transfers).get(pocket(account, 'available'))).toBe(6);
    expect(availablePoints(down, { held: 3, posted: 3 })).toBe(6);
  });

  it('never shows less than nothing left, though all that is due is held', () => {
    expect(availablePoints(down, { held: 9, posted: 6 })).toBe(0);
  });

  it('awards nothing to an account that counts up, and shows what stands against it', () => {
    expect(awardTransfer(account, up)).toBeUndefined();
    expect(availablePoints(up, { held: 3, posted: 3 })).toBe(6);
  });

  it('gives released points back to where the hold took them', () => {
    const hold = holdTransfer(order('i', 3), up);
    expect(resolutionTransfer(hold, 'release', 'test').credit).toBe('uk#authority');
  });
});
