/**
 * Verdicts as pages see them: also the clear and the undecided ones, so that what was judged can be questioned. Nobody
 * is named: of those who did nothing wrong not even the plate's token leaves the house (ARCHITECTURE, promise 9).
 */
import { Type, type Static } from 'typebox';
import { closed, Cursor, DateTime, From, Limit, named, Next, To, Where } from './http-parts.ts';
import { LawProfileRef, RuleId } from './law-profile.ts';
import { Site } from './site.ts';
import { Slug, Uuid } from './units.ts';
import { Finding, ModelOpinions, Outcome, Reason, TrackSegment } from './verdict.ts';

export const VerdictQuery = Type.Object(
  {
    limit: Limit,
    cursor: Cursor,
    ...Where,
    rule: Type.Optional(RuleId),
    outcome: Type.Optional(Outcome),
    reason: Type.Optional(Reason),
    from: From,
    to: To,
  },
  closed,
);
export type VerdictQuery = Static<typeof VerdictQuery>;

export const VerdictView = Type.Object(
  {
    id: Uuid,
    kind: Type.Union([Type.Literal('encounter'), Type.Literal('report')]),
    site: Type.String(),
    device: Slug,
    outcome: Outcome,
    reason: Reason,
    occurredAt: DateTime,
    recordedAt: DateTime,
    profile: LawProfileRef,
    vehicleTrack: Type.Union([Type.String(), Type.Null()]),
    pedestrianTracks: Type.Array(Type.String()),
    findings: Type.Array(Finding),
    /** What the model made of it, and what moved it; absent where none was asked. */
    model: Type.Optional(ModelOpinions),
  },
  named('verdict-view'),
);
export type VerdictView = Static<typeof VerdictView>;

export const VerdictPage = Type.Object({ items: Type.Array(VerdictView), next: Next }, named('verdict-page'));
export type VerdictPage = Static<typeof VerdictPage>;

export const VerdictDetail = Type.Object(
  {
    verdict: VerdictView,
    /** The geometry it was judged on; null for a report. */
    site: Type.Union([Site, Type.Null()]),
    /** Null for a report, and once the paths are forgotten (promise 9). */
    tracks: Type.Union([Type.Array(TrackSegment), Type.Null()]),
  },
  named('verdict-detail'),
);
export type VerdictDetail = Static<typeof VerdictDetail>;
