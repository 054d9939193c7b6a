/**
 * The portal: what the person concerned sees and does, with the reference and PIN of a letter. There is no list of
 * cases for anybody else.
 */
import { Type, type Static } from 'typebox';
import { CaseEvent, CaseReason, CaseState, CaseTransition } from './case.ts';
import { CaseComment, CaseUpload } from './case-file-items.ts';
import { InfractionDetail } from './http.ts';
import { closed, DateTime, named } from './http-parts.ts';
import { LawProfile, RuleId } from './law-profile.ts';
import { Language, NoticeView } from './notice.ts';
import { AccountId } from './tokens.ts';
import { Uuid } from './units.ts';

export const PortalLogin = Type.Object(
  {
    reference: Type.String({ minLength: 1, maxLength: 40 }),
    pin: Type.String({ minLength: 1, maxLength: 40 }),
  },
  named('portal-login'),
);

export const PortalCaseSummary = Type.Object(
  {
    id: Uuid,
    fileNumber: Type.String(),
    rule: RuleId,
    place: Type.String(),
    timeZone: Type.String(),
    occurredAt: DateTime,
    points: Type.Integer({ minimum: 0 }),
    state: CaseState,
  },
  named('portal-case-summary'),
);
export type PortalCaseSummary = Static<typeof PortalCaseSummary>;

export const PortalSession = Type.Object(
  {
    language: Language,
    account: AccountId,
    cases: Type.Array(PortalCaseSummary, { description: 'What this reference opens, the newest first.' }),
    letters: Type.Array(NoticeView, { description: 'About the account itself, not about a case.' }),
  },
  named('portal-session'),
);
export type PortalSession = Static<typeof PortalSession>;

export const PortalOption = Type.Object(
  {
    event: CaseEvent,
    reasons: Type.Array(CaseReason),
    needs: Type.Array(Type.Enum(['note', 'driver'])),
  },
  named('portal-option'),
);
export type PortalOption = Static<typeof PortalOption>;

export const PortalStep = Type.Object(
  {
    ...Type.Pick(CaseTransition, ['position', 'event', 'to', 'at', 'reason', 'note', 'rules']).properties,
    by: Type.Enum(['office', 'keeper', 'driver', 'house'], {
      description: 'Officers are not named to the other side; the office knows who it was.',
    }),
  },
  closed,
);
export type PortalStep = Static<typeof PortalStep>;

export const PortalCase = Type.Object(
  {
    ...PortalCaseSummary.properties,
    role: Type.Enum(['keeper', 'driver', 'passed-on'], {
      description:
        'passed-on: the keeper has named somebody else, whose matter it is now; nothing more is shown.',
    }),
    version: Type.Integer({ minimum: 1 }),
    lapses: Type.Union([Type.Object({ lastMoment: DateTime, reason: CaseReason }, closed), Type.Null()], {
      description: 'When the clock that runs now ends; at that moment it is too late.',
    }),
    options: Type.Array(PortalOption),
    evidence: Type.Union([InfractionDetail, Type.Null()]),
    thresholds: Type.Union([LawProfile.properties.road.properties.thresholds, Type.Null()], {
      description: 'Of the wording it was judged by, where this house still has it.',
    }),
    steps: Type.Array(PortalStep),
    comments: Type.Array(CaseComment),
    uploads: Type.Array(CaseUpload),
    letters: Type.Array(NoticeView),
  },
  named('portal-case'),
);
export type PortalCase = Static<typeof PortalCase>;

export const PortalCommand = Type.Object(
  {
    event: CaseEvent,
    reason: CaseReason,
    note: Type.Optional(Type.String({ maxLength: 8000 })),
    driver: Type.Optional(AccountId),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  named('portal-command'),
);
export type PortalCommand = Static<typeof PortalCommand>;

export const PortalAccess = Type.Object(
  {
    reference: Type.String(),
    pin: Type.String(),
    url: Type.String({ description: 'Of the portal.' }),
  },
  named('portal-access'),
);
export type PortalAccess = Static<typeof PortalAccess>;

export const PortalAccessRequest = Type.Object({ account: AccountId }, named('portal-access-request'));
