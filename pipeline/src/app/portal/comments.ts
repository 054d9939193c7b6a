/** Comments of both sides, each beside an item of the evidence. */
import { randomUUID } from 'node:crypto';
import type { Actor } from '@wayside/contracts/case';
import type { CaseComment } from '@wayside/contracts/case-file-items';
import { isEnd } from '../../domain/case/table.ts';
import { lockCase } from '../cases/rows.ts';
import type { CaseHouse } from '../cases/house.ts';
import type { Queryable } from '../database.ts';

interface CommentRow {
  readonly id: string;
  readonly about: string;
  readonly by: CaseComment['by'];
  readonly at: Date;
  readonly text: string;
}

/** In the order in which they were made. */
export async function commentsOf(tx: Queryable, caseId: string): Promise<readonly CaseComment[]> {
  const rows = await tx.query<CommentRow>(
    `SELECT id, about, actor_kind AS by, at, body AS text FROM case_comment WHERE case_id = $1 ORDER BY at, id`,
    [caseId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export type Commented =
  | { readonly kind: 'done'; readonly comment: CaseComment }
  | { readonly kind: 'unknown-case' | 'ended' | 'too-many' };

/** Of one side on one case: enough to argue, too few to flood. */
export const MAX_COMMENTS = 200;

/** The case is locked meanwhile, so that nothing is added to one that has just ended. */
export function comment(
  { database, clock }: CaseHouse,
  caseId: string,
  actor: Actor,
  { about, text }: Pick<CaseComment, 'about' | 'text'>,
): Promise<Commented> {
  return database.transaction(async (tx) => {
    const file = await lockCase(tx, caseId);
    if (!file) return { kind: 'unknown-case' };
    if (isEnd(file.state)) return { kind: 'ended' };
    const [made] = await tx.query<{ readonly count: number }>(
      'SELECT count(*) AS count FROM case_comment WHERE case_id = $1 AND actor_kind = $2',
      [caseId, actor.kind],
    );
    if ((made?.count ?? 0) >= MAX_COMMENTS) return { kind: 'too-many' };
    const added: CaseComment = {
      id: randomUUID(),
      about,
      by: actor.kind,
      at: new Date(clock()).toISOString(),
      text,
    };
    await tx.query(
      `INSERT INTO case_comment (id, case_id, about, actor_kind, actor_id, at, body)
       VALUES ($1, $2, $3, $4, $5, $6::timestamptz, $7)`,
      [added.id, caseId, about, actor.kind, actor.id, added.at, text],
    );
    return { kind: 'done', comment: added };
  });
}
