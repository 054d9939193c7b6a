/** Files that either side adds to a case. What a file is, is seen from its bytes, never from its name. */
import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '@wayside/contracts/case';
import type { CaseUpload } from '@wayside/contracts/case-file-items';
import { isEnd } from '../../domain/case/table.ts';
import { lockCase } from '../cases/rows.ts';
import type { CaseHouse } from '../cases/house.ts';
import type { Queryable } from '../database.ts';

/** Keeps bytes under their SHA-256. */
export interface FileStore {
  /** Durable when it resolves. Putting the same bytes again changes nothing. */
  readonly put: (sha256: string, bytes: Uint8Array) => Promise<void>;
  /** @returns undefined where there are none. */
  readonly get: (sha256: string) => Promise<Uint8Array | undefined>;
}

/** @returns the media type that the bytes themselves show, or undefined where they show none. */
export type MediaTypeOf = (bytes: Uint8Array) => Promise<string | undefined>;

export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
export const MAX_UPLOADS = 20;
export const MEDIA_TYPES: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
  'video/mp4',
];

interface UploadRow {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly by: CaseUpload['by'];
  readonly at: Date;
}

const COLUMNS = `id, name, media_type AS "mediaType", bytes, sha256, actor_kind AS by, at`;
const toUpload = (row: UploadRow): CaseUpload => ({ ...row, at: row.at.toISOString() });

export async function uploadsOf(tx: Queryable, caseId: string): Promise<readonly CaseUpload[]> {
  const rows = await tx.query<UploadRow>(
    `SELECT ${COLUMNS} FROM case_upload WHERE case_id = $1 ORDER BY at, id`,
    [caseId],
  );
  return rows.map(toUpload);
}

export async function findUpload(tx: Queryable, caseId: string, id: string): Promise<CaseUpload | undefined> {
  const [row] = await tx.query<UploadRow>(
    `SELECT ${COLUMNS} FROM case_upload WHERE case_id = $1 AND id = $2`,
    [caseId, id],
  );
  return row && toUpload(row);
}

export type Uploaded =
  | { readonly kind: 'done'; readonly upload: CaseUpload }
  | { readonly kind: 'wrong-type'; readonly found: string | undefined }
  | { readonly kind: 'unknown-case' | 'ended' | 'too-many' };

export interface UploadParts {
  readonly cases: CaseHouse;
  readonly files: FileStore;
  readonly mediaTypeOf: MediaTypeOf;
}

/** The bytes are kept first: a row without its file would be a lie, a file without its row is only litter. */
export async function upload(
  { cases, files, mediaTypeOf }: UploadParts,
  caseId: string,
  actor: Actor,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Uploaded> {
  const mediaType = await mediaTypeOf(bytes);
  if (mediaType === undefined || !MEDIA_TYPES.includes(mediaType))
    return { kind: 'wrong-type', found: mediaType };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const obstacle = await cases.database.transaction((tx) => obstacleTo(tx, caseId));
  if (obstacle) return { kind: obstacle };
  await files.put(sha256, bytes);
  return cases.database.transaction(async (tx) => {
    const late = await obstacleTo(tx, caseId);
    if (late) return { kind: late };
    const at = new Date(cases.clock()).toISOString();
    await tx.query(
      `INSERT INTO case_upload (id, case_id, sha256, name, media_type, bytes, actor_kind, actor_id, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz) ON CONFLICT (case_id, sha256) DO NOTHING`,
      [randomUUID(), caseId, sha256, shown(name), mediaType, bytes.length, actor.kind, actor.id, at],
    );
    const [row] = await tx.query<UploadRow>(
      `SELECT ${COLUMNS} FROM case_upload WHERE case_id = $1 AND sha256 = $2`,
      [caseId, sha256],
    );
    if (!row) throw new Error(`upload ${sha256} was inserted, but is not there`);
    return { kind: 'done', upload: toUpload(row) };
  });
}

async function obstacleTo(
  tx: Queryable,
  caseId: string,
): Promise<'unknown-case' | 'ended' | 'too-many' | undefined> {
  const file = await lockCase(tx, caseId);
  if (!file) return 'unknown-case';
  if (isEnd(file.state)) return 'ended';
  const [made] = await tx.query<{ readonly count: number }>(
    'SELECT count(*) AS count FROM case_upload WHERE case_id = $1',
    [caseId],
  );
  return (made?.count ?? 0) >= MAX_UPLOADS ? 'too-many' : undefined;
}

const MAX_NAME = 120;

/** A name is for people only; nothing is ever opened by it. */
function shown(name: string): string {
  const clean = name
    .replaceAll(/[\p{C}/\\]/gu, ' ')
    .trim()
    .slice(0, MAX_NAME);
  return clean === '' ? 'file' : clean;
}
