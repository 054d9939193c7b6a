/** Every HTTP body. Times are RFC 3339 in UTC; ids are UUIDs; lists are pages with a `next` cursor. */
import { Type, type Static, type TSchema } from 'typebox';
import { CaseEvent, CaseState } from './case.ts';
import { DeviceKind } from './device-status.ts';
import { Evidence, Infraction } from './infraction.ts';
import { LawProfile, RuleId } from './law-profile.ts';
import { Site } from './site.ts';
import { AccountId } from './tokens.ts';
import { Slug, Uuid } from './units.ts';
import { closed, Count, Cursor, DateTime, From, Limit, named, Next, To, Where } from './http-parts.ts';
import { Outcome } from './verdict.ts';

export const Problem = Type.Object(
  {
    type: Type.String({ description: 'A URN that names the kind of problem; it never changes.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String({ description: 'What was wrong, where, and what to do.' })),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          {
            in: Type.Union([Type.Literal('query'), Type.Literal('path'), Type.Literal('body')]),
            name: Type.String({ description: 'The parameter, or the JSON pointer into the body.' }),
            detail: Type.String(),
          },
          closed,
        ),
      ),
    ),
    refusal: Type.Optional(
      Type.Object(
        {
          code: Type.String({ description: 'One of a list that never changes its meaning.' }),
          state: CaseState,
          allowed: Type.Array(CaseEvent, {
            description: 'What the case takes instead, in the state it is in.',
          }),
        },
        { ...closed, description: 'Why a case did not move.' },
      ),
    ),
  },
  { ...named('problem'), description: 'Problem details, RFC 9457.' },
);
export type Problem = Static<typeof Problem>;

export const Health = Type.Object(
  { status: Type.Literal('ok'), version: Type.String(), uptimeSeconds: Type.Number() },
  named('health'),
);
export const Readiness = Type.Object(
  {
    ready: Type.Boolean(),
    checks: Type.Array(
      Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.Optional(Type.String()) }, closed),
    ),
  },
  named('readiness'),
);
export type Readiness = Static<typeof Readiness>;

export const InfractionQuery = Type.Object(
  { limit: Limit, cursor: Cursor, ...Where, rule: Type.Optional(RuleId), from: From, to: To },
  closed,
);
export type InfractionQuery = Static<typeof InfractionQuery>;

const page = <T extends TSchema>(item: T, name: string) =>
  Type.Object({ items: Type.Array(item), next: Next }, named(name));

export const InfractionPage = page(Infraction, 'infraction-page');
export type InfractionPage = Static<typeof InfractionPage>;
export const InfractionDetail = Type.Object(
  { infraction: Infraction, evidence: Evidence, siteName: Type.String(), timeZone: Type.String() },
  named('infraction-detail'),
);
export type InfractionDetail = Static<typeof InfractionDetail>;

/** Moves of points, in the order in which those of one moment follow one another. */
export const TRANSFER_KINDS = ['award', 'hold', 'release', 'post', 'reverse', 'expire', 'restore'] as const;
export const TransferKind = Type.Enum([...TRANSFER_KINDS]);
export const LedgerEntry = Type.Object(
  {
    id: Uuid,
    kind: TransferKind,
    points: Count,
    infraction: Type.Union([Uuid, Type.Null()]),
    of: Type.Union([Uuid, Type.Null()], { description: 'The hold that a post or release resolves.' }),
    at: DateTime,
  },
  closed,
);
export type LedgerEntry = Static<typeof LedgerEntry>;
export const AccountView = Type.Object(
  {
    id: AccountId,
    scheme: Type.String({ description: 'Law profile whose scheme the account counts under.' }),
    counts: Type.Union([Type.Literal('down'), Type.Literal('up')]),
    initial: Count,
    limit: Count,
    held: Count,
    posted: Count,
    available: Type.Integer({
      description: 'What remains (counting down) or stands (counting up) if every hold is posted.',
    }),
    entries: Type.Array(LedgerEntry, {
      description: 'Newest first, of one moment what follows before what it follows; at most the newest 500.',
    }),
  },
  named('account'),
);
export type AccountView = Static<typeof AccountView>;

export const SiteView = Type.Object(
  { site: Site, version: Type.String(), lastSeenAt: Type.Union([DateTime, Type.Null()]) },
  named('site-view'),
);
export type SiteView = Static<typeof SiteView>;
export const SiteList = page(SiteView, 'site-list');
export type SiteList = Static<typeof SiteList>;

export const DeviceView = Type.Object(
  {
    id: Slug,
    kind: DeviceKind,
    state: Type.String(),
    software: Type.String(),
    site: Type.Union([Type.String(), Type.Null()]),
    lastSeenAt: DateTime,
    clockState: Type.Union([Type.String(), Type.Null()]),
  },
  named('device'),
);
export type DeviceView = Static<typeof DeviceView>;
export const DeviceList = page(DeviceView, 'device-list');
export type DeviceList = Static<typeof DeviceList>;

export const ListQuery = Type.Object({ limit: Limit, cursor: Cursor }, closed);
export type ListQuery = Static<typeof ListQuery>;

export const DeadLetterView = Type.Object(
  {
    id: Uuid,
    receivedAt: DateTime,
    topic: Type.String(),
    client: Type.String(),
    reason: Type.String(),
    detail: Type.String(),
    bytes: Count,
    preview: Type.String({ description: 'The first bytes, as text where they are text, else hexadecimal.' }),
  },
  named('dead-letter'),
);
export type DeadLetterView = Static<typeof DeadLetterView>;
export const DeadLetterPage = Type.Object(
  {
    items: Type.Array(DeadLetterView),
    next: Next,
    total: Count,
    reasons: Type.Array(Type.Object({ reason: Type.String(), count: Count }, closed), {
      description: 'All that are kept, by reason, the most frequent first; their sum is `total`.',
    }),
  },
  named('dead-letter-page'),
);
export type DeadLetterPage = Static<typeof DeadLetterPage>;

/** One stage's books. `balanced` is what came in equals the sum of where it went. */
export const Counters = Type.Object(
  {
    intake: Type.Object(
      { received: Count, stored: Count, duplicate: Count, deadLettered: Count, inFlight: Count },
      closed,
    ),
    judge: Type.Object(
      { stored: Count, judged: Count, waiting: Count, observations: Count, late: Count },
      closed,
    ),
    record: Type.Object({ verdicts: Count, infraction: Count, clear: Count, undecided: Count }, closed),
    holds: Type.Object(
      { infractions: Count, held: Count, pending: Count, unidentified: Count, none: Count },
      closed,
    ),
    balanced: Type.Boolean(),
    faults: Type.Array(Type.String(), { description: 'Each equation that does not hold, in words.' }),
  },
  named('counters'),
);
export type Counters = Static<typeof Counters>;

export const RollupQuery = Type.Object(
  {
    ...Where,
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440, default: 60 })),
    to: Type.Optional(
      Type.String({ format: 'date-time', description: 'Where the minutes end; now where absent.' }),
    ),
  },
  closed,
);
export type RollupQuery = Static<typeof RollupQuery>;
export const Rollup = Type.Object(
  {
    items: Type.Array(
      Type.Object({ site: Type.String(), minute: DateTime, outcome: Outcome, count: Count }, closed),
    ),
  },
  named('rollup'),
);
export type Rollup = Static<typeof Rollup>;

export const ProfileList = Type.Object({ items: Type.Array(LawProfile) }, named('profile-list'));
export type ProfileList = Static<typeof ProfileList>;

export const LiveQuery = Type.Object(Where, {
  ...closed,
  description: 'With a site only its street is sent; all other events are.',
});
export type LiveQuery = Static<typeof LiveQuery>;

/** Server-sent events of `GET /api/live`; `event:` is the kind, `id:` resumes after a break. */
export const LiveEvent = Type.Union(
  [
    Type.Object({ kind: Type.Literal('infraction'), infraction: Infraction }, closed),
    Type.Object(
      {
        kind: Type.Literal('hold'),
        infractionId: Uuid,
        account: AccountId,
        points: Count,
        at: DateTime,
        detectionToHoldMs: Type.Union([Type.Number(), Type.Null()]),
      },
      closed,
    ),
    Type.Object(
      {
        kind: Type.Literal('verdict'),
        site: Type.String(),
        outcome: Outcome,
        occurredAt: DateTime,
        reason: Type.String(),
      },
      closed,
    ),
    Type.Object(
      {
        kind: Type.Literal('street'),
        site: Type.String(),
        at: DateTime,
        objects: Type.Array(
          Type.Object(
            {
              track: Type.String(),
              kind: Type.String(),
              xMetres: Type.Number(),
              yMetres: Type.Number(),
              headingRadians: Type.Optional(Type.Number()),
              lengthMetres: Type.Optional(Type.Number()),
              widthMetres: Type.Optional(Type.Number()),
            },
            closed,
          ),
        ),
      },
      {
        ...closed,
        description:
          'What a site looks like from above, a few times a second; not resumable, may be skipped.',
      },
    ),
    Type.Object({ kind: Type.Literal('device'), device: Slug, state: Type.String(), at: DateTime }, closed),
  ],
  { $id: 'wayside.live-event.v1' },
);
export type LiveEvent = Static<typeof LiveEvent>;
