/** Every HTTP body. Times are RFC 3339 in UTC; ids are UUIDs; lists are pages with a `next` cursor. */
import { Type, type Static, type TSchema } from 'typebox';
import { DeviceKind } from './device-status.ts';
import { Evidence, Infraction } from './infraction.ts';
import { LawProfile, RuleId } from './law-profile.ts';
import { Site } from './site.ts';
import { AccountId } from './tokens.ts';
import { Slug, Uuid } from './units.ts';
import { Outcome } from './verdict.ts';

const DateTime = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const closed = { additionalProperties: false } as const;

export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String({ description: 'What was wrong, where, and what to do.' })),
  },
  { ...closed, description: 'Problem details, RFC 9457.' },
);
export type Problem = Static<typeof Problem>;

export const Health = Type.Object(
  { status: Type.Literal('ok'), version: Type.String(), uptimeSeconds: Type.Number() },
  closed,
);
export const Readiness = Type.Object(
  {
    ready: Type.Boolean(),
    checks: Type.Array(
      Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.Optional(Type.String()) }, closed),
    ),
  },
  closed,
);
export type Readiness = Static<typeof Readiness>;

export const InfractionQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
    site: Type.Optional(Type.String({ maxLength: 130 })),
    rule: Type.Optional(RuleId),
    from: Type.Optional(DateTime),
    to: Type.Optional(DateTime),
  },
  closed,
);
export type InfractionQuery = Static<typeof InfractionQuery>;

const page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) }, closed);

export const InfractionPage = page(Infraction);
export type InfractionPage = Static<typeof InfractionPage>;
export const InfractionDetail = Type.Object(
  { infraction: Infraction, evidence: Evidence, siteName: Type.String(), timeZone: Type.String() },
  closed,
);
export type InfractionDetail = Static<typeof InfractionDetail>;

export const TransferKind = Type.Union(
  ['award', 'hold', 'post', 'release', 'reverse', 'expire', 'restore'].map((kind) => Type.Literal(kind)),
);
export const LedgerEntry = Type.Object(
  {
    id: Uuid,
    kind: Type.String({ description: 'award, hold, post or release' }),
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
    entries: Type.Array(LedgerEntry),
  },
  closed,
);
export type AccountView = Static<typeof AccountView>;

export const SiteView = Type.Object(
  { site: Site, version: Type.String(), lastSeenAt: Type.Union([DateTime, Type.Null()]) },
  closed,
);
export type SiteView = Static<typeof SiteView>;
export const SiteList = Type.Object({ items: Type.Array(SiteView) }, closed);
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
  closed,
);
export type DeviceView = Static<typeof DeviceView>;
export const DeviceList = Type.Object({ items: Type.Array(DeviceView) }, closed);
export type DeviceList = Static<typeof DeviceList>;

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
  closed,
);
export type DeadLetterView = Static<typeof DeadLetterView>;
export const DeadLetterPage = Type.Object(
  { items: Type.Array(DeadLetterView), next: Type.Union([Type.String(), Type.Null()]), total: Count },
  closed,
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
  closed,
);
export type Counters = Static<typeof Counters>;

export const RollupQuery = Type.Object(
  {
    site: Type.Optional(Type.String()),
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440, default: 60 })),
  },
  closed,
);
export const Rollup = Type.Object(
  {
    items: Type.Array(
      Type.Object({ site: Type.String(), minute: DateTime, outcome: Outcome, count: Count }, closed),
    ),
  },
  closed,
);
export type Rollup = Static<typeof Rollup>;

export const ProfileList = Type.Object({ items: Type.Array(LawProfile) }, closed);
export type ProfileList = Static<typeof ProfileList>;

/** Server-sent events of `GET /api/live`; `event:` is the kind, `id:` resumes after a break. */
export const LiveEvent = Type.Union([
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
      description: 'What a site looks like from above, a few times a second; not resumable, may be skipped.',
    },
  ),
  Type.Object({ kind: Type.Literal('device'), device: Slug, state: Type.String(), at: DateTime }, closed),
]);
export type LiveEvent = Static<typeof LiveEvent>;
