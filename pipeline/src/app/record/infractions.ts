/** From what the judge found to infractions, the evidence of each, and whether points are due. Pure. */
import { deriveId } from '@wayside/contracts/ids';
import type { EvidenceBody, Infraction } from '@wayside/contracts/infraction';
import { roadAccount } from '@wayside/contracts/tokens';
import type { Finding } from '@wayside/contracts/verdict';
import type { JudgeEffect } from '../../domain/judge/effects.ts';

export type VerdictEffect = Exclude<JudgeEffect, { readonly kind: 'unusable' }>;

export interface FoundInfraction {
  readonly infraction: Infraction;
  readonly evidence: EvidenceBody;
  /** The sender's clock at the message that completed the verdict, epoch ms. */
  readonly detectedAtMs: number;
  /** Of that message. */
  readonly messageId: string;
}

/** One a finding with the outcome `infraction`, in the order of the findings. */
export function infractionsOf(effect: VerdictEffect, recordedAtMs: number): readonly FoundInfraction[] {
  return effect.verdict.findings
    .filter((finding) => finding.outcome === 'infraction')
    .map((finding) => foundInfraction(effect, finding, recordedAtMs));
}

function foundInfraction(effect: VerdictEffect, finding: Finding, recordedAtMs: number): FoundInfraction {
  const { verdict } = effect;
  const account = accountOf(effect);
  const infraction: Infraction = {
    id: deriveId('infraction', verdict.id, finding.rule),
    verdictId: verdict.id,
    kind: verdict.kind,
    site: siteOf(effect),
    rule: finding.rule,
    occurredAt: new Date(verdict.occurredAtMs).toISOString(),
    recordedAt: new Date(recordedAtMs).toISOString(),
    profile: verdict.profile,
    vehicleTrack: verdict.kind === 'encounter' ? verdict.vehicle.track : null,
    pedestrianTracks: [...finding.pedestrianTracks],
    account,
    explanation: finding.explanation,
    measures: finding.measures,
    points: finding.points,
    hold: holdStateOf(account, finding.points),
    origin: originOf(effect),
  };
  return {
    infraction,
    evidence: evidenceBody(effect, finding, infraction.id),
    detectedAtMs: effect.completedBy.sentAtMs,
    messageId: effect.completedBy.messageId,
  };
}

/** Road points go to the plate, rail points to the ticket; where there is neither, nobody is debited. */
function accountOf({ verdict }: VerdictEffect): string | null {
  switch (verdict.kind) {
    case 'encounter':
      return verdict.vehicle.plate === undefined ? null : roadAccount(verdict.vehicle.plate);
    case 'report':
      return verdict.account ?? null;
  }
}

export function siteOf({ verdict }: VerdictEffect): string {
  switch (verdict.kind) {
    case 'encounter':
      return verdict.site.id;
    case 'report':
      return `${verdict.seat.operator}/${verdict.seat.train}`;
  }
}

function originOf(effect: VerdictEffect): Infraction['origin'] {
  switch (effect.kind) {
    case 'encounter':
      return effect.site.origin;
    case 'report':
      return effect.report.simulated ? 'simulation' : 'handheld';
  }
}

function holdStateOf(account: string | null, points: number): 'none' | 'unidentified' | 'pending' {
  if (points === 0) return 'none';
  return account === null ? 'unidentified' : 'pending';
}

function evidenceBody(effect: VerdictEffect, finding: Finding, infractionId: string): EvidenceBody {
  const common = {
    schema: 'wayside.evidence.v1' as const,
    infractionId,
    verdict: effect.verdict,
    finding,
    messages: [...effect.messages],
  };
  switch (effect.kind) {
    case 'encounter':
      return {
        ...common,
        site: effect.site,
        clock: effect.clock,
        tracks: [...effect.tracks],
        ...(effect.signal && { signal: effect.signal }),
      };
    case 'report':
      return { ...common, tracks: [], report: effect.report };
  }
}

/** The finding that decided the outcome of its verdict. */
export function decisiveReason({ verdict }: VerdictEffect): string {
  const decisive =
    verdict.findings.find((finding) => finding.outcome === verdict.outcome) ?? verdict.findings[0];
  if (decisive === undefined) throw new Error(`verdict ${verdict.id} has no finding`);
  return decisive.reason;
}
