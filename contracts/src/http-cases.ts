/** Cases as officers see them, what they may do to one, and what answers when they may not. */
import { Type, type Static } from 'typebox';
import { CaseEvent, CaseReason, CaseState, CaseTransition, CaseView } from './case.ts';
import { CaseComment, CaseUpload } from './case-file-items.ts';
import { InfractionDetail } from './http.ts';
import { closed, Count, Cursor, Limit, named, Next } from './http-parts.ts';
import { NoticeView } from './notice.ts';
import { AccountId } from './tokens.ts';
import { Slug, Uuid } from './units.ts';

export const WAITING_KINDS = ['review', 'second-review', 'appeal'] as const;

export const CaseQuery = Type.Object(
  {
    limit: Limit,
    cursor: Cursor,
    state: Type.Optional(CaseState),
    waiting: Type.Optional(
      Type.Enum(WAITING_KINDS, {
        description:
          'Only what this officer may take: not in another’s hands, not decided by this officer before.',
      }),
    ),
    assigned: Type.Optional(
      Type.Enum(['me', 'nobody', 'anybody'], { description: 'In whose hands it is now.' }),
    ),
    dueBefore: Type.Optional(
      Type.String({ format: 'date-time', description: 'Only cases whose clock ends before this moment.' }),
    ),
    site: Type.Optional(Type.String({ maxLength: 130 })),
    device: Type.Optional(Slug),
    account: Type.Optional(AccountId),
  },
  closed,
);
export type CaseQuery = Static<typeof CaseQuery>;

export const CasePage = Type.Object(
  { items: Type.Array(CaseView), next: Next, total: Count },
  named('case-page'),
);
export type CasePage = Static<typeof CasePage>;

/** An event that is in the table for the state the case is in, and whether this officer may cause it now. */
export const CaseOption = Type.Object(
  {
    event: CaseEvent,
    reasons: Type.Array(CaseReason, { description: 'For which of them; empty where it is refused.' }),
    needs: Type.Array(Type.Enum(['note', 'driver', 'duplicateOf']), {
      description: 'What must be said besides the reason.',
    }),
    refused: Type.Union([Type.Object({ code: Type.String(), detail: Type.String() }, closed), Type.Null()], {
      description: 'Why this officer may not, now.',
    }),
  },
  named('case-option'),
);
export type CaseOption = Static<typeof CaseOption>;

export const CaseDetail = Type.Object(
  {
    case: CaseView,
    transitions: Type.Array(CaseTransition, {
      description: 'All, except that a second reviewer does not see what the first decided.',
    }),
    options: Type.Array(CaseOption),
    evidence: InfractionDetail,
    comments: Type.Array(CaseComment),
    uploads: Type.Array(CaseUpload),
    notices: Type.Array(NoticeView),
  },
  named('case-detail'),
);
export type CaseDetail = Static<typeof CaseDetail>;

export const CaseCommand = Type.Object(
  {
    event: CaseEvent,
    reason: CaseReason,
    note: Type.Optional(Type.String({ maxLength: 4000, description: 'The reasons in words.' })),
    driver: Type.Optional(AccountId),
    duplicateOf: Type.Optional(Uuid),
    reference: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'What shows it: a receipt, a letter on paper.',
      }),
    ),
    version: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Of the case as it was read; refused where it has gone on since.',
      }),
    ),
  },
  named('case-command'),
);
export type CaseCommand = Static<typeof CaseCommand>;

export const CommentRequest = Type.Object(
  {
    about: Type.String({
      pattern: '^[a-z]+(:[A-Za-z0-9-]{1,64})?$',
      description: 'Which item: `case`, `picture:entry`, `measure:petSeconds`, `upload:<id>`, `report`.',
    }),
    text: Type.String({ minLength: 1, maxLength: 4000 }),
  },
  named('comment-request'),
);
export type CommentRequest = Static<typeof CommentRequest>;

export const DeviceTrust = Type.Object(
  {
    device: Slug,
    decided: Count,
    wrong: Count,
    rate: Type.Number({ minimum: 0, maximum: 1 }),
    suspended: Type.Boolean(),
  },
  named('device-trust'),
);
export const DeviceTrustList = Type.Object({ items: Type.Array(DeviceTrust) }, named('device-trust-list'));
export type DeviceTrustList = Static<typeof DeviceTrustList>;

export const TrustRequest = Type.Object(
  { note: Type.String({ minLength: 1, maxLength: 4000, description: 'What was found and done.' }) },
  named('trust-request'),
);
