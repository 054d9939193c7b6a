import type { Queryable } from '../database.ts';

/** A letter that points call for; who writes letters takes it from points_letter. */
export interface PointsLetter {
  readonly id: string;
  readonly account: string;
  /** A letter of the points scheme, or `reversed`. */
  readonly letter: string;
  readonly cause: string;
  readonly dueAtMs: number;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Notes letters as due, each once for ever. @returns how many are new. */
export async function noteLetters(tx: Queryable, letters: readonly PointsLetter[]): Promise<number> {
  if (letters.length === 0) return 0;
  const rows = letters.map(({ dueAtMs, ...letter }) => ({
    ...letter,
    due_at: new Date(dueAtMs).toISOString(),
  }));
  const inserted = await tx.query(
    `INSERT INTO points_letter (id, account, letter, cause, due_at, details)
     SELECT id, account, letter, cause, due_at, details
     FROM json_to_recordset($1::json) AS r(id uuid, account text, letter text, cause text, due_at timestamptz, details jsonb)
     ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(rows)],
  );
  return inserted.length;
}
