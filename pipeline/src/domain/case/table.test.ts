import { CASE_EVENTS, CASE_STATES, type CaseEvent, type CaseState } from '@wayside/contracts/case';
import { describe, expect, it } from 'vitest';
import { allowedEvents, cellOf, isEnd } from './table.ts';

/** The table once more, written from the law and not from the code: what is not here must be refused. */
const LEGAL: readonly string[] = [
  'opened assign in-review',
  'opened mark-duplicate duplicate',
  'opened escalate opened',
  'opened release released',
  'duplicate release released',
  'in-review assign in-review',
  'in-review hand-back opened',
  'in-review mark-duplicate duplicate',
  'in-review confirm confirmed second-review',
  'in-review reject rejected second-review',
  'in-review escalate in-review',
  'in-review release released',
  'second-review assign second-review',
  'second-review hand-back second-review',
  'second-review mark-duplicate duplicate',
  'second-review confirm confirmed rejected',
  'second-review reject rejected',
  'second-review escalate second-review',
  'second-review release released',
  'confirmed notify-keeper keeper-notified',
  'confirmed name-driver identified',
  'confirmed fail-delivery confirmed',
  'confirmed escalate confirmed',
  'confirmed release released',
  'rejected release released',
  'keeper-notified name-driver identified',
  'keeper-notified fail-delivery confirmed',
  'keeper-notified escalate keeper-notified',
  'keeper-notified release released',
  'identified notify-driver noticed',
  'identified fail-delivery identified',
  'identified escalate identified',
  'identified release released',
  'noticed fail-delivery identified',
  'noticed accept accepted',
  'noticed appeal appealed',
  'noticed finalise final',
  'noticed release released',
  'accepted finalise final',
  'accepted release released',
  'appealed assign appealed',
  'appealed hand-back appealed',
  'appealed withdraw noticed',
  'appealed uphold upheld',
  'appealed dismiss dismissed',
  'appealed escalate appealed',
  'appealed release released',
  'upheld release released',
  'dismissed notify-decision dismissed',
  'dismissed fail-delivery dismissed',
  'dismissed appeal appealed-again',
  'dismissed escalate dismissed',
  'dismissed finalise final',
  'dismissed release released',
  'appealed-again assign appealed-again',
  'appealed-again hand-back appealed-again',
  'appealed-again withdraw dismissed',
  'appealed-again uphold upheld',
  'appealed-again dismiss dismissed-again',
  'appealed-again escalate appealed-again',
  'appealed-again release released',
  'dismissed-again finalise final',
  'dismissed-again release released',
  'final block final',
  'final post posted',
  'final release released',
];
const legal = new Map(
  LEGAL.map((line) => {
    const [state, event, ...to] = line.split(' ');
    return [`${state} ${event}`, to] as const;
  }),
);
const cells = CASE_STATES.flatMap((state) => CASE_EVENTS.map((event) => [state, event] as const));

describe('the table of states and events', () => {
  it.each(cells)('%s × %s is a transition or refused with what is allowed', (state, event) => {
    const to = legal.get(`${state} ${event}`);
    const cell = cellOf(state, event);
    if (to) expect(cell).toEqual({ kind: 'transition', to });
    else expect(cell).toEqual({ kind: 'refused', allowed: eventsOf(state) });
  });

  it('has every cell: 18 states by 20 events', () => {
    expect(cells).toHaveLength(18 * 20);
    expect(legal.size).toBe(LEGAL.length);
  });

  it('lets nothing happen after the end', () => {
    for (const state of CASE_STATES.filter(isEnd)) expect(allowedEvents(state)).toEqual([]);
  });

  it('posts only what is final, and what is final was noticed', () => {
    expect(statesBefore('posted')).toEqual(['final']);
    expect(statesBefore('final').filter((state) => state !== 'final')).toEqual([
      'noticed',
      'accepted',
      'dismissed',
      'dismissed-again',
    ]);
  });

  it('reaches posting by no way around review, the naming of a driver, or the notice', () => {
    for (const without of ['in-review', 'confirmed', 'identified', 'noticed', 'final'] as const)
      expect(reachable('opened', without), without).not.toContain('posted');
    expect(reachable('opened')).toContain('posted');
  });

  it('reaches every state, and from each state that is not an end the release', () => {
    expect([...reachable('opened')].sort()).toEqual([...CASE_STATES].sort());
    for (const state of CASE_STATES.filter((candidate) => !isEnd(candidate)))
      expect(eventsOf(state), state).toContain('release');
  });
});

function eventsOf(state: CaseState): readonly CaseEvent[] {
  return CASE_EVENTS.filter((event) => legal.has(`${state} ${event}`));
}

const targets = (state: CaseState): readonly CaseState[] =>
  allowedEvents(state).flatMap((event) => {
    const cell = cellOf(state, event);
    return cell.kind === 'transition' ? cell.to : [];
  });

const statesBefore = (target: CaseState): readonly CaseState[] =>
  CASE_STATES.filter((state) => targets(state).includes(target));

function reachable(from: CaseState, without?: CaseState): ReadonlySet<CaseState> {
  const seen = new Set<CaseState>();
  const visit = (state: CaseState): void => {
    if (state === without || seen.has(state)) return;
    seen.add(state);
    targets(state).forEach(visit);
  };
  visit(from);
  return seen;
}
