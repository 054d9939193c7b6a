/**
 * The case of one infraction: its way through review, naming the driver, notice, appeal and decision to the moment its
 * points are posted or released. Every step is a transition that says who, when, why and under which version of the rules.
 */
import { Type, type Static } from 'typebox';
import { LawProfileRef, RuleId } from './law-profile.ts';
import { AccountId } from './tokens.ts';
import { Slug, Uuid } from './units.ts';

export const CASE_STATES = [
  'opened',
  'duplicate',
  'in-review',
  'second-review',
  'confirmed',
  'rejected',
  'keeper-notified',
  'identified',
  'noticed',
  'accepted',
  'appealed',
  'upheld',
  'dismissed',
  'appealed-again',
  'dismissed-again',
  'final',
  'posted',
  'released',
] as const;
export const CaseState = Type.Enum(CASE_STATES, {
  description:
    'upheld: the appeal was right and the points go back · dismissed: it was not · final: no remedy is left · ' +
    'posted, released: the end.',
});
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_EVENTS = [
  'assign',
  'hand-back',
  'mark-duplicate',
  'confirm',
  'reject',
  'notify-keeper',
  'name-driver',
  'notify-driver',
  'fail-delivery',
  'accept',
  'appeal',
  'withdraw',
  'uphold',
  'dismiss',
  'notify-decision',
  'escalate',
  'finalise',
  'block',
  'post',
  'release',
] as const;
export const CaseEvent = Type.Enum(CASE_EVENTS);
export type CaseEvent = (typeof CASE_EVENTS)[number];

export const ACTOR_KINDS = ['officer', 'keeper', 'driver', 'system'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who did it. A passenger of a train is the driver of a case of the railway: the person whose points they are. */
export const Actor = Type.Object(
  {
    kind: Type.Enum(ACTOR_KINDS),
    id: Type.String({ minLength: 1, maxLength: 200, description: 'An officer’s login, an account’s id.' }),
  },
  { additionalProperties: false },
);
export type Actor = Static<typeof Actor>;

/** Why a step was taken; one list, so that pages and letters can say each in words. Which event takes which: the pipeline. */
export const CASE_REASONS = [
  // opening, assigning
  'infraction-recorded',
  'taken',
  'handed-back',
  // duplicate
  'same-event-two-devices',
  'same-event-reported-twice',
  // confirmed
  'seen-in-evidence',
  // rejected, upheld
  'no-infraction-seen',
  'wrong-vehicle',
  'plate-unreadable',
  'view-obstructed',
  'measurement-wrong',
  'evidence-incomplete',
  'emergency-vehicle',
  'cloned-plate',
  'necessity',
  'told-to-by-officer',
  'not-the-driver',
  'wrong-seat',
  'not-properly-asked',
  'rule-misapplied',
  // letters
  'letter-delivered',
  'served-in-person',
  'address-unknown',
  'letter-returned',
  'channel-failed',
  // naming the driver
  'keeper-was-driver',
  'keeper-names-driver',
  'driver-comes-forward',
  'stopped-on-the-spot',
  'ticket-shown',
  // the person's answer
  'paid',
  'accepted-as-is',
  'disputes-facts',
  'disputes-being-driver',
  'disputes-law',
  'hardship',
  'withdrawn-by-person',
  // dismissed
  'facts-stand',
  'out-of-scope',
  // clocks
  'review-lapsed',
  'second-review-lapsed',
  'keeper-notice-lapsed',
  'naming-lapsed',
  'notice-lapsed',
  'appeal-window-lapsed',
  'decision-lapsed',
  'decision-notice-lapsed',
  'second-appeal-window-lapsed',
  'second-decision-lapsed',
  // the end
  'is-duplicate',
  'is-rejected',
  'is-upheld',
  'no-further-appeal',
  'accepted-by-person',
  'is-final',
  'calibration-expired',
  'never-calibrated',
  'device-suspended',
  'withdrawn-by-authority',
] as const;
export const CaseReason = Type.Enum(CASE_REASONS);
export type CaseReason = (typeof CASE_REASONS)[number];

const DateTime = Type.String({ format: 'date-time' });

export const CaseTransition = Type.Object(
  {
    position: Type.Integer({ minimum: 1, description: '1, 2, 3 … within the case, without gaps.' }),
    event: Type.Union([Type.Literal('open'), CaseEvent]),
    from: Type.Union([CaseState, Type.Null()]),
    to: CaseState,
    actor: Actor,
    at: DateTime,
    reason: CaseReason,
    note: Type.Union([Type.String(), Type.Null()], { description: 'The reasons in words.' }),
    rules: Type.Object({ profile: LawProfileRef, process: LawProfileRef }, { additionalProperties: false }),
  },
  { additionalProperties: false, $id: 'wayside.case-transition.v1' },
);
export type CaseTransition = Static<typeof CaseTransition>;

/** What is known of a case at a moment. */
export const CaseView = Type.Object(
  {
    id: Uuid,
    infraction: Uuid,
    track: Type.Union([Type.Literal('road'), Type.Literal('rail')]),
    rule: RuleId,
    site: Type.String(),
    device: Slug,
    occurredAt: DateTime,
    account: Type.Union([AccountId, Type.Null()], {
      description: 'Whose points they are: the plate’s until a driver is named.',
    }),
    points: Type.Integer({ minimum: 0 }),
    state: CaseState,
    version: Type.Integer({ minimum: 1, description: 'Position of the last transition.' }),
    lapses: Type.Union(
      [Type.Object({ at: DateTime, reason: CaseReason }, { additionalProperties: false }), Type.Null()],
      { description: 'When the clock that runs now ends, and what it is; `at` itself is too late.' },
    ),
    blockedBy: Type.Union([CaseReason, Type.Null()], { description: 'Why what is final is not posted.' }),
    duplicateOf: Type.Union([Uuid, Type.Null()]),
    assigned: Type.Union(
      [Type.Object({ officer: Slug, until: DateTime }, { additionalProperties: false }), Type.Null()],
      { description: 'In whose hands alone it is, and how long.' },
    ),
  },
  { additionalProperties: false, $id: 'wayside.case.v1' },
);
export type CaseView = Static<typeof CaseView>;
