/** All that the checker compares, from one snapshot of the database. */
import type { Database, Queryable } from '@wayside/pipeline/app/database';

export interface Snapshot {
  /** Messages that intake has kept, as often as it has. */
  readonly stored: readonly MessageRow[];
  /** Messages that a judge has passed. */
  readonly judged: readonly MessageRow[];
  readonly verdicts: readonly VerdictRow[];
  readonly infractions: readonly InfractionRow[];
  readonly evidence: readonly EvidenceRow[];
  readonly due: readonly DueRow[];
  readonly transfers: readonly TransferRow[];
  readonly balances: readonly BalanceRow[];
  readonly letters: readonly { readonly sha256: string; readonly reason: string }[];
  readonly counters: Readonly<Record<string, number>>;
  readonly log: {
    /** Messages stand in Kafka. */
    readonly external: boolean;
    readonly head: number;
    readonly committed: number;
    readonly copies: number;
  };
}

export interface MessageRow {
  readonly device: string;
  readonly bootId: string;
  /** From … up to, but without: a run of sequences. */
  readonly from: number;
  readonly to: number;
}
export interface VerdictRow {
  readonly id: string;
  /** As the oracle names it: of a report its id, of an encounter device/boot/track. */
  readonly key: string;
  readonly device: string;
  readonly outcome: string;
}
export interface InfractionRow {
  readonly id: string;
  readonly verdictId: string;
  readonly account: string | null;
  readonly points: number;
}
interface EvidenceRow {
  readonly infractionId: string;
  readonly chain: string;
  readonly position: number;
  readonly previous: string | null;
  readonly link: string;
}
interface DueRow {
  readonly holdId: string;
  readonly infractionId: string;
  readonly account: string;
  readonly points: number;
  readonly placed: boolean;
}
export interface TransferRow {
  readonly id: string;
  readonly kind: string;
  readonly account: string;
  readonly debit: string;
  readonly credit: string;
  readonly points: number;
  readonly holdId: string | null;
  readonly infractionId: string | null;
}
interface BalanceRow {
  readonly account: string;
  readonly held: number;
  readonly posted: number;
}

export const readSnapshot = (database: Pick<Database, 'transaction'>): Promise<Snapshot> =>
  database.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const log = await readLog(tx);
    return {
      log,
      stored: await messages(tx, log.external ? IDENTITIES('log_identity') : LOGGED('true')),
      judged: await messages(
        tx,
        log.external
          ? IDENTITIES('judge_identity')
          : LOGGED(
              'm.log_offset <= (SELECT c.committed_offset FROM judge_cursor c WHERE c.partition = m.partition)',
            ),
      ),
      verdicts: await tx.query(VERDICTS),
      infractions: await tx.query('SELECT id, verdict_id AS "verdictId", account, points FROM infraction'),
      evidence: await tx.query(
        `SELECT infraction_id AS "infractionId", chain, position, previous_sha256 AS previous, link_sha256 AS link
         FROM evidence ORDER BY chain, position`,
      ),
      due: await tx.query(
        `SELECT hold_id AS "holdId", infraction_id AS "infractionId", account, points,
           placed_at IS NOT NULL AS placed FROM hold_due`,
      ),
      transfers: await tx.query(
        `SELECT id, kind, account, debit, credit, points, hold_id AS "holdId", infraction_id AS "infractionId"
         FROM transfer`,
      ),
      balances: await tx.query('SELECT account, held, posted FROM balance'),
      letters: await tx.query('SELECT sha256, reason FROM dead_letter'),
      counters: Object.fromEntries(
        (
          await tx.query<{ readonly name: string; readonly value: number }>('SELECT name, value FROM counter')
        ).map(({ name, value }) => [name, value]),
      ),
    };
  });

const messages = (tx: Queryable, sql: string) => tx.query<MessageRow>(sql);

const IDENTITIES = (table: 'log_identity' | 'judge_identity'): string =>
  `SELECT device, boot_id AS "bootId", lower(run) AS "from", upper(run) AS "to"
   FROM ${table}, unnest(seen) AS run`;

const LOGGED = (which: string): string =>
  `SELECT device, boot_id AS "bootId", sequence AS "from", sequence + 1 AS "to" FROM log_message m WHERE ${which}`;

const VERDICTS = `SELECT id, device, outcome, CASE kind WHEN 'report' THEN id::text
    ELSE device || '/' || (body->>'bootId') || '/' || vehicle_track END AS key FROM verdict`;

async function readLog(tx: Queryable): Promise<Snapshot['log']> {
  const [row] = await tx.query<Snapshot['log']>(`SELECT
    coalesce((SELECT bool_or(external) FROM log_partition), false) AS external,
    (SELECT coalesce(sum(next_offset - 1), 0)::bigint FROM log_partition) AS head,
    (SELECT coalesce(sum(committed_offset), 0)::bigint FROM judge_cursor) AS committed,
    (SELECT count(*) FROM log_copy) AS copies`);
  if (!row) throw new Error('the database says nothing of its log');
  return row;
}
