import type { Queryable } from '../database.ts';

export interface DecisionInForce {
  readonly id: string;
  readonly kind: 'withhold-licence' | 'restrict-purchase';
  readonly operator: string | null;
  readonly fromMs: number;
  readonly untilMs: number | null;
}

/** Decisions that bind at a moment: begun, not over, not lifted by then, and resting on no case that was a mistake. */
export const decisionsInForce = (
  tx: Queryable,
  account: string,
  atMs: number,
): Promise<readonly DecisionInForce[]> =>
  tx.query<DecisionInForce>(
    `SELECT d.id, d.kind, d.operator, (extract(epoch FROM d.from_at) * 1000)::bigint AS "fromMs",
       (extract(epoch FROM d.until_at) * 1000)::bigint AS "untilMs"
     FROM standing_decision d
     WHERE d.account = $1 AND d.kind IN ('withhold-licence', 'restrict-purchase') AND d.from_at <= $2::timestamptz
       AND (d.until_at IS NULL OR d.until_at > $2::timestamptz)
       AND NOT EXISTS (SELECT 1 FROM standing_decision l WHERE l.lifts = d.id AND l.from_at <= $2::timestamptz)
       AND NOT EXISTS (
         SELECT 1 FROM case_file c JOIN transfer t ON t.infraction_id = c.infraction_id AND t.kind = 'reverse'
         WHERE c.id = d.case_id)
     ORDER BY d.from_at, d.id`,
    [account, new Date(atMs).toISOString()],
  );
