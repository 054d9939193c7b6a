import type { CaseEvent, CaseState } from '@wayside/contracts/case';
import { allowedEvents } from './table.ts';

export const REFUSALS = [
  'not-in-this-state',
  'not-by-this-actor',
  'not-for-this-reason',
  'not-due',
  'period-lapsed',
  'assigned-to-another',
  'not-assigned',
  'reviewed-it-first',
  'reviewer-decides-own',
  'decided-it-first',
  'device-suspended',
  'reasons-missing',
  'not-the-driver',
  'not-the-keeper',
  'driver-missing',
  'driver-is-keeper',
  'driver-is-not-keeper',
  'account-of-other-kind',
  'duplicate-of-itself',
  'duplicate-of-none',
  'no-second-stage',
  'keeper-not-asked',
  'already-notified',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** An expected outcome: nothing happened, and this is what could. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly detail: string;
  readonly state: CaseState;
  readonly allowed: readonly CaseEvent[];
}

export const refuse = (state: CaseState, code: RefusalCode, detail: string): Refusal => ({
  kind: 'refused',
  code,
  detail,
  state,
  allowed: allowedEvents(state),
});

/** What a guard finds in the way. */
export type Obstacle = readonly [code: RefusalCode, detail: string];
