/** Hashes, chains and signs evidence in the order given. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@wayside/contracts/canonical';
import type { EvidenceBody, EvidenceSeal } from '@wayside/contracts/infraction';
import type { Queryable } from '../database.ts';
import { linkHash } from './chain.ts';
import type { EvidenceSigner } from './signer.ts';

export interface ChainTail {
  readonly position: number;
  readonly linkSha256: string | null;
}

export interface SealedEvidence {
  readonly infractionId: string;
  /** The exact canonical text that was hashed. */
  readonly text: string;
  readonly seal: EvidenceSeal;
}

/** The newest link of a chain. Read it in the transaction that appends to the chain. */
export async function readTail(tx: Queryable, chain: string): Promise<ChainTail> {
  const [tail] = await tx.query<ChainTail>(
    `SELECT position, link_sha256 AS "linkSha256" FROM evidence WHERE chain = $1 ORDER BY position DESC LIMIT 1`,
    [chain],
  );
  return tail ?? { position: 0, linkSha256: null };
}

export async function sealEvidence(
  signer: EvidenceSigner,
  chain: string,
  tail: ChainTail,
  bodies: readonly EvidenceBody[],
): Promise<readonly SealedEvidence[]> {
  const sealed: SealedEvidence[] = [];
  let { position, linkSha256: previousSha256 } = tail;
  for (const body of bodies) {
    position += 1;
    const text = canonicalJson(body);
    const bodySha256 = createHash('sha256').update(text).digest('hex');
    const linkSha256 = linkHash({ chain, position, bodySha256, previousSha256 });
    const signature = await signer.sign(linkSha256);
    const seal = { chain, position, bodySha256, previousSha256, linkSha256, keyId: signer.keyId, signature };
    sealed.push({ infractionId: body.infractionId, text, seal });
    previousSha256 = linkSha256;
  }
  return sealed;
}

/** One statement for all. */
export async function insertEvidence(tx: Queryable, sealed: readonly SealedEvidence[]): Promise<void> {
  const rows = sealed.map(({ infractionId, text, seal }) => ({ infractionId, text, ...seal }));
  await tx.query(
    `INSERT INTO evidence
       (infraction_id, chain, position, body, body_sha256, previous_sha256, link_sha256, key_id, signature)
     SELECT "infractionId", chain, position, text, "bodySha256", "previousSha256", "linkSha256", "keyId", signature
     FROM json_to_recordset($1::json) AS r("infractionId" uuid, chain text, position bigint, text text,
       "bodySha256" text, "previousSha256" text, "linkSha256" text, "keyId" text, signature text)`,
    [JSON.stringify(rows)],
  );
}
