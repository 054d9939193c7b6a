/**
 * Which officer may cause which event. Reviewing and deciding appeals are different roles, besides that the same person
 * never does both on one case (guards.ts): an office may give them to different rooms.
 */
import type { CaseEvent, CaseState } from '@wayside/contracts/case';
import type { Role } from '@wayside/contracts/officers';

const DESK: readonly Role[] = ['clerk', 'admin'];

const ROLES_OF: Readonly<Record<Exclude<CaseEvent, 'assign' | 'hand-back'>, readonly Role[]>> = {
  'mark-duplicate': ['reviewer'],
  confirm: ['reviewer'],
  reject: ['reviewer'],
  'notify-keeper': DESK,
  'name-driver': DESK,
  'notify-driver': DESK,
  'fail-delivery': DESK,
  accept: DESK,
  appeal: DESK,
  withdraw: [],
  uphold: ['adjudicator'],
  dismiss: ['adjudicator'],
  'notify-decision': DESK,
  escalate: [],
  finalise: [],
  block: [],
  post: [],
  release: ['adjudicator', 'admin'],
};

/** Whoever may decide a case in this state may take it. */
const takenBy = (state: CaseState): Role =>
  state === 'appealed' || state === 'appealed-again' ? 'adjudicator' : 'reviewer';

/** @returns the roles that may; none where it is nobody's at an office. */
export const rolesFor = (event: CaseEvent, state: CaseState): readonly Role[] =>
  event === 'assign' || event === 'hand-back' ? [takenBy(state)] : ROLES_OF[event];

export const mayCause = (roles: readonly Role[], event: CaseEvent, state: CaseState): boolean =>
  rolesFor(event, state).some((role) => roles.includes(role));
