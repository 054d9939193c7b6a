/** Walks every chain of evidence from its first link and compares each body with the rows it was sealed from. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@wayside/contracts/canonical';
import { deriveId } from '@wayside/contracts/ids';
import type { EvidenceBody, EvidenceSeal } from '@wayside/contracts/infraction';
import type { Queryable } from '../database.ts';
import { checkLink } from '../evidence/check-seal.ts';
import type { PublicJwk } from '../evidence/signer.ts';
import { FaultList, type Check } from './check.ts';
import { rowFaults, type StoredInfraction } from './evidence-row.ts';

const PAGE = 200;

interface EvidenceRow extends EvidenceSeal {
  readonly infractionId: string;
  readonly text: string;
  readonly infraction: StoredInfraction | null;
  readonly verdict: unknown;
}

interface Faults {
  readonly bodies: FaultList;
  readonly links: FaultList;
  readonly signatures: FaultList;
  readonly rows: FaultList;
}

export async function evidenceChecks(
  database: Queryable,
  keys: readonly PublicJwk[],
  onProgress: (text: string) => void,
): Promise<readonly Check[]> {
  const byId = new Map(keys.map((key) => [key.kid, key]));
  const faults: Faults = {
    bodies: new FaultList('evidence: bodies'),
    links: new FaultList('evidence: chains'),
    signatures: new FaultList('evidence: signatures'),
    rows: new FaultList('evidence: rows'),
  };
  let checked = 0;
  for await (const page of evidencePages(database)) {
    for (const { row, previous } of page) checkRow(row, previous, byId, faults);
    checked += page.length;
    onProgress(`evidence: ${checked} links checked`);
  }
  return [
    faults.bodies.check(`${checked} bodies have the hash they were sealed with`),
    faults.links.check('every chain runs from its first link without a gap'),
    faults.signatures.check(`${checked} links are signed with a key of this house`),
    faults.rows.check('every body says what the rows of its infraction and verdict say'),
  ];
}

interface Linked {
  readonly row: EvidenceRow;
  readonly previous: EvidenceRow | undefined;
}

async function* evidencePages(database: Queryable): AsyncGenerator<readonly Linked[]> {
  const chains = await database.query<{ readonly chain: string }>(
    'SELECT DISTINCT chain FROM evidence ORDER BY chain',
  );
  for (const { chain } of chains) {
    let previous: EvidenceRow | undefined;
    for (;;) {
      const rows = await evidencePage(database, chain, previous?.position ?? -1);
      if (rows.length === 0) break;
      const last = previous;
      yield rows.map((row, i) => ({ row, previous: i === 0 ? last : rows[i - 1] }));
      previous = rows.at(-1);
    }
  }
}

const evidencePage = (database: Queryable, chain: string, after: number): Promise<readonly EvidenceRow[]> =>
  database.query<EvidenceRow>(
    `SELECT e.infraction_id AS "infractionId", e.chain, e.position, e.body AS text, e.body_sha256 AS "bodySha256",
       e.previous_sha256 AS "previousSha256", e.link_sha256 AS "linkSha256", e.key_id AS "keyId", e.signature,
       v.body AS verdict, to_jsonb(i) AS infraction
     FROM evidence e LEFT JOIN infraction i ON i.id = e.infraction_id
     LEFT JOIN verdict v ON v.id = i.verdict_id AND v.occurred_at = i.occurred_at
     WHERE e.chain = $1 AND e.position > $2 ORDER BY e.position LIMIT ${PAGE}`,
    [chain, after],
  );

function checkRow(
  row: EvidenceRow,
  previous: EvidenceRow | undefined,
  keys: ReadonlyMap<string, PublicJwk>,
  faults: Faults,
): void {
  const at = `${row.chain} ${row.position} (infraction ${row.infractionId})`;
  if (createHash('sha256').update(row.text).digest('hex') !== row.bodySha256)
    faults.bodies.add(`${at}: the body is not the one that was hashed`);
  if (row.position !== (previous?.position ?? 0) + 1)
    faults.links.add(`${at}: the link before it is missing`);
  else if (row.previousSha256 !== (previous?.linkSha256 ?? null))
    faults.links.add(`${at}: it does not name the link before it`);
  const key = keys.get(row.keyId);
  const seal = key ? checkLink(row, key) : [`key ${row.keyId} is not at hand`];
  for (const fault of seal) faults.signatures.add(`${at}: ${fault}`);
  for (const fault of bodyFaults(row)) faults.rows.add(`${at}: ${fault}`);
}

function bodyFaults({ text, infractionId, infraction, verdict }: EvidenceRow): readonly string[] {
  const body = parsed(text);
  if (body === undefined) return ['the body is not canonical JSON'];
  if (body.infractionId !== infractionId) return ['the body is of another infraction'];
  if (deriveId('infraction', body.verdict.id, body.finding.rule) !== infractionId)
    return ['the id does not follow from its verdict and rule'];
  if (infraction === null) return ['its infraction is missing'];
  const faults = rowFaults(body, infraction);
  const same = verdict !== null && canonicalJson(verdict) === canonicalJson(body.verdict);
  return same ? faults : [...faults, 'the verdict that was sealed is not the one recorded'];
}

function parsed(text: string): EvidenceBody | undefined {
  try {
    const body = JSON.parse(text) as EvidenceBody;
    return canonicalJson(body) === text ? body : undefined;
  } catch {
    return undefined;
  }
}
