/** A recorded verdict that found an infraction, and the evidence it stands on. */
import { Type, type Static } from 'typebox';
import { ConductorReport } from './conductor-report.ts';
import { RuleId, LawProfileRef } from './law-profile.ts';
import { ClockStatus } from './observation-batch.ts';
import { SignalRecord } from './signal-phases.ts';
import { Site } from './site.ts';
import { AccountId } from './tokens.ts';
import { Sha256, Uuid } from './units.ts';
import { Finding, Measures, TrackSegment, Verdict } from './verdict.ts';

/** held: points are held · pending: due, not yet placed · unidentified: nobody to hold from · none: the rule has no points. */
export const HoldState = Type.Union([
  Type.Literal('held'),
  Type.Literal('pending'),
  Type.Literal('unidentified'),
  Type.Literal('none'),
  Type.Literal('posted'),
  Type.Literal('released'),
]);
export type HoldState = Static<typeof HoldState>;

export const Infraction = Type.Object(
  {
    id: Uuid,
    verdictId: Uuid,
    kind: Type.Union([Type.Literal('encounter'), Type.Literal('report')]),
    site: Type.String({ description: 'Site id, or `<operator>/<train>` for a report.' }),
    rule: RuleId,
    occurredAt: Type.String({ format: 'date-time' }),
    recordedAt: Type.String({ format: 'date-time' }),
    profile: LawProfileRef,
    vehicleTrack: Type.Union([Type.String(), Type.Null()]),
    pedestrianTracks: Type.Array(Type.String()),
    account: Type.Union([AccountId, Type.Null()]),
    explanation: Type.String(),
    measures: Measures,
    points: Type.Integer({ minimum: 0 }),
    hold: HoldState,
    origin: Type.Union([
      Type.Literal('camera'),
      Type.Literal('recording'),
      Type.Literal('simulation'),
      Type.Literal('handheld'),
    ]),
  },
  { additionalProperties: false, $id: 'wayside.infraction.v1' },
);
export type Infraction = Static<typeof Infraction>;

/**
 * All that is needed to judge again without us: geometry, paths, clock, profile and the finding. Its canonical JSON
 * (RFC 8785) is hashed; the hash, chained to the one before it of the same chain, is signed (JWS, Ed25519).
 */
export const EvidenceBody = Type.Object(
  {
    schema: Type.Literal('wayside.evidence.v1'),
    infractionId: Uuid,
    verdict: Verdict,
    finding: Finding,
    site: Type.Optional(Site),
    clock: Type.Optional(ClockStatus),
    tracks: Type.Array(TrackSegment),
    signal: Type.Optional(SignalRecord),
    report: Type.Optional(ConductorReport),
    messages: Type.Array(Type.String(), {
      description: 'Envelope ids of the messages the verdict was read from.',
    }),
  },
  { additionalProperties: false, $id: 'wayside.evidence.v1' },
);
export type EvidenceBody = Static<typeof EvidenceBody>;

export const EvidenceSeal = Type.Object(
  {
    chain: Type.String({ description: 'Which chain this is a link of: one a log partition.' }),
    position: Type.Integer({ minimum: 1, description: '1, 2, 3 … within the chain, without gaps.' }),
    bodySha256: Sha256,
    previousSha256: Type.Union([Sha256, Type.Null()], { description: '`linkSha256` of the link before.' }),
    linkSha256: Sha256,
    keyId: Type.String(),
    signature: Type.String({ description: 'Compact JWS (EdDSA) whose payload is linkSha256.' }),
  },
  { additionalProperties: false },
);
export type EvidenceSeal = Static<typeof EvidenceSeal>;

export const Evidence = Type.Object(
  { body: EvidenceBody, seal: EvidenceSeal },
  { additionalProperties: false },
);
export type Evidence = Static<typeof Evidence>;
