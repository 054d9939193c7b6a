import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signalFault, type SignalState } from '@wayside/contracts/signal-phases';
import { createPhaseGatherer, type GatheredPhases, type SignalChange } from './phase-gatherer.ts';

function gathered(changes: readonly SignalChange[], spanMs = 1000) {
  const gatherer = createPhaseGatherer({ spanMs });
  const faults: string[] = [];
  const pieces: GatheredPhases[] = [];
  for (const change of changes) {
    const told = gatherer.add(change);
    pieces.push(...told.pieces);
    if (told.fault) faults.push(told.fault);
  }
  const last = gatherer.flush();
  return { pieces: last ? [...pieces, last] : pieces, faults };
}

/** What the pieces say of a group at a moment. */
function shownAt(pieces: readonly GatheredPhases[], group: string, ms: number): SignalState | undefined {
  const piece = pieces.find(({ span }) => span.startMs <= ms && ms < span.startMs + span.dtMs);
  const told = piece?.groups.find((one) => one.group === group);
  const i = told?.dtMs.findLastIndex((dt) => (piece?.span.startMs ?? 0) + dt <= ms) ?? -1;
  return told?.state[i];
}

const at = (timeMs: number, group?: string, state?: SignalState): SignalChange => ({
  timeMs,
  ...(group && { group }),
  ...(state && { state }),
});

describe('phases gathered to pieces', () => {
  it('cover the time from the first word to the last, whole', () => {
    const { pieces } = gathered([
      at(1000, 'up', 'green'),
      at(1400, 'up', 'amber'),
      at(2500, 'up', 'red'),
      at(5000),
      at(5200),
    ]);
    expect(pieces.map(({ span }) => [span.startMs, span.startMs + span.dtMs])).toEqual([
      [1000, 2500],
      [2500, 5000],
      [5000, 5200],
    ]);
    expect(pieces[0]?.groups).toEqual([{ group: 'up', dtMs: [0, 400], state: ['green', 'amber'] }]);
    expect(pieces[2]?.groups).toEqual([{ group: 'up', dtMs: [0], state: ['red'] }]);
  });

  it('say nothing before a group was told of, and nothing of one that never was', () => {
    const { pieces } = gathered([at(0), at(1000, 'up', 'red'), at(1500, 'down', 'green'), at(2100)]);
    expect(pieces[0]?.span.startMs).toBe(1000);
    expect(pieces[0]?.groups).toEqual([
      { group: 'up', dtMs: [0], state: ['red'] },
      { group: 'down', dtMs: [500], state: ['green'] },
    ]);
  });

  it('break off where the clock was set, or nothing was told for long', () => {
    for (const jump of [-6000, 700_000]) {
      const { pieces, faults } = gathered([
        at(10_000, 'up', 'red'),
        at(10_500),
        at(10_500 + jump),
        at(10_900 + jump),
      ]);
      expect(faults).toEqual([]);
      expect(shownAt(pieces, 'up', 10_400)).toBe('red');
      expect(shownAt(pieces, 'up', 10_700 + jump)).toBeUndefined();
    }
  });

  it('do not take back what was told', () => {
    const { pieces, faults } = gathered([at(0, 'up', 'red'), at(2000), at(1500, 'up', 'green'), at(3000)]);
    expect(faults).toEqual(['change-too-late']);
    expect(shownAt(pieces, 'up', 1600)).toBe('red');
  });

  it('say at every moment what was told last, in pieces that follow one another and are valid', () => {
    const change = fc.record({
      afterMs: fc.integer({ min: 0, max: 90_000 }),
      group: fc.option(fc.constantFrom('up', 'down'), { nil: undefined }),
      state: fc.constantFrom<SignalState>('red', 'green', 'amber'),
    });
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(200, 1000, 60_000),
        (changes, spanMs) => {
          let timeMs = 1_000_000;
          const told = changes.map(({ afterMs, group, state }) =>
            at((timeMs += afterMs), group, group && state),
          );
          const { pieces, faults } = gathered(told, spanMs);
          expect(faults).toEqual([]);
          const site = { id: 'a', version: 'a'.repeat(64) };
          for (const [i, piece] of pieces.entries()) {
            expect(signalFault({ site, clock: { state: 'synchronised' }, ...piece })).toBeUndefined();
            const before = pieces[i - 1]?.span;
            if (before) expect(piece.span.startMs).toBe(before.startMs + before.dtMs);
          }
          for (const probe of told)
            for (const group of ['up', 'down']) {
              const last = told.findLast((one) => one.group === group && one.timeMs <= probe.timeMs);
              if (probe.timeMs < timeMs) expect(shownAt(pieces, group, probe.timeMs)).toBe(last?.state);
            }
        },
      ),
      { seed: 3 },
    );
  });
});
