/** One infraction with the evidence it stands on. Reads only. */
import type { InfractionDetail } from '@wayside/contracts/http';
import type { Evidence, EvidenceBody } from '@wayside/contracts/infraction';
import type { Queryable } from '../database.ts';
import { findInfraction } from './infractions.ts';

interface EvidenceRow {
  readonly chain: string;
  readonly position: number;
  readonly body: string;
  readonly body_sha256: string;
  readonly previous_sha256: string | null;
  readonly link_sha256: string;
  readonly key_id: string;
  readonly signature: string;
}

export type FoundInfraction =
  | { readonly kind: 'found'; readonly detail: InfractionDetail }
  | { readonly kind: 'unknown' }
  /** The record is broken: an infraction is only ever recorded together with its evidence. */
  | { readonly kind: 'no-evidence' };

export async function infractionDetail(db: Queryable, id: string): Promise<FoundInfraction> {
  const infraction = await findInfraction(db, id);
  if (!infraction) return { kind: 'unknown' };
  const evidence = await findEvidence(db, id);
  if (!evidence) return { kind: 'no-evidence' };
  const { site } = evidence.body;
  return {
    kind: 'found',
    detail: {
      infraction,
      evidence,
      siteName: site?.name ?? infraction.site,
      timeZone: site?.timeZone ?? 'UTC',
    },
  };
}

async function findEvidence(db: Queryable, infractionId: string): Promise<Evidence | undefined> {
  const [row] = await db.query<EvidenceRow>(
    `SELECT chain, position, body, body_sha256, previous_sha256, link_sha256, key_id, signature
     FROM evidence WHERE infraction_id = $1::uuid`,
    [infractionId],
  );
  return row && toEvidence(row);
}

const toEvidence = (row: EvidenceRow): Evidence => ({
  body: JSON.parse(row.body) as EvidenceBody,
  seal: {
    chain: row.chain,
    position: row.position,
    bodySha256: row.body_sha256,
    previousSha256: row.previous_sha256,
    linkSha256: row.link_sha256,
    keyId: row.key_id,
    signature: row.signature,
  },
});
