/**
 * The case as a state machine. Every pair of a state and an event is either a transition or refused; there is no third.
 *
 *   opened ──────────▶ duplicate ───────────────────────────────────────────────────────▶ released
 *     │ assign                                                                              ▲
 *     ▼                                                                                     │
 *   in-review ── sampled ─▶ second-review                                                   │
 *     │    │                 │ both confirm │ else                                          │
 *     │    └──── reject ─────┼──────────────┴──▶ rejected ──────────────────────────────────┤
 *     ▼                      ▼                                                              │
 *   confirmed ◀──────────────┘                                                              │
 *     │ notify-keeper   ▲ letter returned                                                   │
 *     ▼                 │                                                                   │
 *   keeper-notified ────┘                                                                   │
 *     │ name-driver (a ticket names its holder: straight from confirmed)                    │
 *     ▼                                                                                     │
 *   identified ◀── letter returned ──┐                                                      │
 *     │ notify-driver                │                                                      │
 *     ▼                              │                                                      │
 *   noticed ─────────────────────────┘                                                      │
 *     │     │ accept ─▶ accepted ───────────────────┐                                       │
 *     │     │ appeal ─▶ appealed ─▶ upheld ─────────┼───────────────────────────────────────┤
 *     │     │           │ dismiss      ▲            │                                       │
 *     │     ◀─ withdraw─┤              │            │                                       │
 *     │                 ▼              │            │                                       │
 *     │               dismissed ─▶ appealed-again   │    (second stage where the law has one)
 *     │                 │   ◀ withdraw ─┘ │ dismiss │                                       │
 *     │ window          │ window          ▼         │                                       │
 *     │ lapsed          │ lapsed      dismissed-again                                       │
 *     ▼                 ▼                 ▼         ▼                                       │
 *   final ◀───────────────────────────────────────────                                      │
 *     │   └──────────────────── withdrawn by the authority ─────────────────────────────────┘
 *     ▼
 *   posted
 *
 * From every state that is not an end the case can be released: by an officer who withdraws it, or by a clock.
 */
import { CASE_EVENTS, type CaseEvent, type CaseState } from '@wayside/contracts/case';

export const isEnd = (state: CaseState): state is 'posted' | 'released' =>
  state === 'posted' || state === 'released';

/** Where each event leads; where it may lead to more than one state, step.ts chooses. What is missing is refused. */
const TRANSITIONS: Readonly<
  Record<CaseState, Readonly<Partial<Record<CaseEvent, readonly [CaseState, ...CaseState[]]>>>>
> = {
  opened: {
    assign: ['in-review'],
    'mark-duplicate': ['duplicate'],
    escalate: ['opened'],
    release: ['released'],
  },
  duplicate: { release: ['released'] },
  'in-review': {
    assign: ['in-review'],
    'hand-back': ['opened'],
    'mark-duplicate': ['duplicate'],
    confirm: ['confirmed', 'second-review'],
    reject: ['rejected', 'second-review'],
    escalate: ['in-review'],
    release: ['released'],
  },
  'second-review': {
    assign: ['second-review'],
    'hand-back': ['second-review'],
    'mark-duplicate': ['duplicate'],
    confirm: ['confirmed', 'rejected'],
    reject: ['rejected'],
    escalate: ['second-review'],
    release: ['released'],
  },
  confirmed: {
    'notify-keeper': ['keeper-notified'],
    'name-driver': ['identified'],
    'fail-delivery': ['confirmed'],
    escalate: ['confirmed'],
    release: ['released'],
  },
  rejected: { release: ['released'] },
  'keeper-notified': {
    'name-driver': ['identified'],
    'fail-delivery': ['confirmed'],
    escalate: ['keeper-notified'],
    release: ['released'],
  },
  identified: {
    'notify-driver': ['noticed'],
    'fail-delivery': ['identified'],
    escalate: ['identified'],
    release: ['released'],
  },
  noticed: {
    'fail-delivery': ['identified'],
    accept: ['accepted'],
    appeal: ['appealed'],
    finalise: ['final'],
    release: ['released'],
  },
  accepted: { finalise: ['final'], release: ['released'] },
  appealed: {
    assign: ['appealed'],
    'hand-back': ['appealed'],
    withdraw: ['noticed'],
    uphold: ['upheld'],
    dismiss: ['dismissed'],
    escalate: ['appealed'],
    release: ['released'],
  },
  upheld: { release: ['released'] },
  dismissed: {
    'notify-decision': ['dismissed'],
    'fail-delivery': ['dismissed'],
    appeal: ['appealed-again'],
    escalate: ['dismissed'],
    finalise: ['final'],
    release: ['released'],
  },
  'appealed-again': {
    assign: ['appealed-again'],
    'hand-back': ['appealed-again'],
    withdraw: ['dismissed'],
    uphold: ['upheld'],
    dismiss: ['dismissed-again'],
    escalate: ['appealed-again'],
    release: ['released'],
  },
  'dismissed-again': { finalise: ['final'], release: ['released'] },
  final: { block: ['final'], post: ['posted'], release: ['released'] },
  posted: {},
  released: {},
};

export type Cell =
  | { readonly kind: 'transition'; readonly to: readonly [CaseState, ...CaseState[]] }
  | { readonly kind: 'refused'; readonly allowed: readonly CaseEvent[] };

/** The table, total: every state with every event. */
export function cellOf(state: CaseState, event: CaseEvent): Cell {
  const to = TRANSITIONS[state][event];
  return to ? { kind: 'transition', to } : { kind: 'refused', allowed: allowedEvents(state) };
}

export const allowedEvents = (state: CaseState): readonly CaseEvent[] =>
  CASE_EVENTS.filter((event) => event in TRANSITIONS[state]);
