/** What a row of `infraction` must say, read from its evidence alone. */
import { canonicalJson } from '@wayside/contracts/canonical';
import type { EvidenceBody } from '@wayside/contracts/infraction';
import { railAccount, roadAccount } from '@wayside/contracts/tokens';

/** A row of `infraction` as JSON. */
export interface StoredInfraction {
  readonly occurred_at: string;
  readonly verdict_id: string;
  readonly kind: string;
  readonly site: string;
  readonly rule: string;
  readonly profile: string;
  readonly profile_version: string;
  readonly vehicle_track: string | null;
  readonly pedestrian_tracks: readonly string[];
  readonly account: string | null;
  readonly points: number;
  readonly origin: string;
  readonly explanation: string;
  readonly measures: unknown;
}

/** @returns each column that says something else than the evidence. */
export function rowFaults(body: EvidenceBody, row: StoredInfraction): readonly string[] {
  const expected = expectedRow(body);
  const stored = { ...row, occurred_at: new Date(row.occurred_at).toISOString() };
  return (Object.keys(expected) as (keyof StoredInfraction)[])
    .filter((column) => canonicalJson(stored[column]) !== canonicalJson(expected[column]))
    .map((column) => `${column} differs between evidence and infraction`);
}

function expectedRow({ verdict, finding, site, report }: EvidenceBody): StoredInfraction {
  const common = {
    occurred_at: new Date(verdict.occurredAtMs).toISOString(),
    verdict_id: verdict.id,
    kind: verdict.kind,
    rule: finding.rule,
    profile: verdict.profile.id,
    profile_version: verdict.profile.version,
    pedestrian_tracks: finding.pedestrianTracks,
    points: finding.points,
    explanation: finding.explanation,
    measures: finding.measures,
  };
  if (verdict.kind === 'encounter') {
    const { plate, track } = verdict.vehicle;
    const account = plate === undefined ? null : roadAccount(plate);
    return {
      ...common,
      site: verdict.site.id,
      vehicle_track: track,
      account,
      origin: site?.origin ?? 'unknown',
    };
  }
  const ticket = report?.occupant.ticket;
  return {
    ...common,
    site: `${verdict.seat.operator}/${verdict.seat.train}`,
    vehicle_track: null,
    account: ticket === undefined ? null : railAccount(ticket),
    origin: report?.simulated === true ? 'simulation' : 'handheld',
  };
}
