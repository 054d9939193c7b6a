/** What is recorded beside what came out again: whom another version of the rules would touch, and how. Only reads. */
import type { Queryable } from '../database.ts';
import type { JudgedAgain, TimeSpan } from './judge-again.ts';

/** falls: no infraction any more · lowered, raised: other points · new: an infraction now, where none is recorded. */
export type ChangeKind = 'falls' | 'lowered' | 'raised' | 'new';
/** Where the points of an infraction are. */
export type PointsState = 'none' | 'pending' | 'held' | 'posted' | 'released';

export interface Touched {
  readonly infraction: string;
  readonly change: ChangeKind;
  readonly account: string | null;
  readonly site: string;
  readonly rule: string;
  readonly occurredAt: string;
  readonly pointsBefore: number;
  readonly pointsAfter: number;
  readonly state: PointsState;
  readonly explanationBefore: string | null;
  readonly explanationAfter: string | null;
  /** give-back: a mistake to be taken back. none: nobody is debited afterwards, nor twice. */
  readonly action: 'give-back' | 'none';
}

export interface RecordScope extends TimeSpan {
  /** Recorded under this law profile, in whatever version. */
  readonly profile: string;
  readonly site?: string;
}

export interface Compared {
  /** Infractions recorded in the scope. */
  readonly recorded: number;
  /** Of them, those whose messages are forgotten; nothing can be said about them. */
  readonly forgotten: number;
  /** In order of occurrence. */
  readonly touched: readonly Touched[];
}

interface RecordedRow {
  readonly id: string;
  readonly account: string | null;
  readonly site: string;
  readonly rule: string;
  readonly occurredAt: Date;
  readonly points: number;
  readonly explanation: string;
  readonly partition: number;
  readonly offset: number;
  readonly state: PointsState;
}

export async function compareRecord(
  database: Queryable,
  scope: RecordScope,
  again: Pick<JudgedAgain, 'infractions' | 'covers'>,
): Promise<Compared> {
  const rows = await recordedIn(database, scope);
  const covered = rows.filter(({ partition, offset }) => again.covers(partition, offset));
  const changed = covered.flatMap((row): readonly Touched[] => {
    const now = again.infractions.get(row.id);
    const after = now?.points ?? 0;
    if (now && after === row.points) return [];
    const change = !now ? 'falls' : after < row.points ? 'lowered' : 'raised';
    return [touchedRow(row, change, after, now?.explanation ?? null)];
  });
  const added = await newOnes(database, scope, again, new Set(rows.map(({ id }) => id)));
  return {
    recorded: rows.length,
    forgotten: rows.length - covered.length,
    touched: [...changed, ...added].sort(
      (a, b) => a.occurredAt.localeCompare(b.occurredAt) || a.infraction.localeCompare(b.infraction),
    ),
  };
}

const touchedRow = (
  row: RecordedRow,
  change: 'falls' | 'lowered' | 'raised',
  pointsAfter: number,
  explanationAfter: string | null,
): Touched => ({
  infraction: row.id,
  change,
  account: row.account,
  site: row.site,
  rule: row.rule,
  occurredAt: row.occurredAt.toISOString(),
  pointsBefore: row.points,
  pointsAfter,
  state: row.state,
  explanationBefore: row.explanation,
  explanationAfter,
  action: isGivenBack(change, row) ? 'give-back' : 'none',
});

const isGivenBack = (change: ChangeKind, { state }: RecordedRow): boolean =>
  (change === 'falls' || change === 'lowered') && state !== 'none' && state !== 'released';

const recordedIn = (database: Queryable, { profile, fromMs, toMs, site }: RecordScope) =>
  database.query<RecordedRow>(
    `SELECT i.id, coalesce(h.account, i.account) AS account, i.site, i.rule, i.occurred_at AS "occurredAt", i.points,
       i.explanation, v.partition, v.log_offset AS offset,
       CASE WHEN h.kind IS NOT NULL THEN h.kind WHEN d.hold_id IS NULL THEN 'none'
            WHEN d.placed_at IS NULL THEN 'pending' ELSE 'none' END AS state
     FROM infraction i
     JOIN verdict v ON v.id = i.verdict_id AND v.occurred_at = i.occurred_at
     LEFT JOIN hold_due d ON d.infraction_id = i.id
     LEFT JOIN LATERAL (
       SELECT t.account, coalesce(CASE r.kind WHEN 'post' THEN 'posted' WHEN 'release' THEN 'released' END, 'held') AS kind
       FROM transfer t LEFT JOIN transfer r ON r.hold_id = t.id
       WHERE t.infraction_id = i.id AND t.kind = 'hold' ORDER BY r.kind = 'release', t.created_at DESC LIMIT 1) h ON true
     WHERE i.profile = $1 AND i.occurred_at >= $2::timestamptz AND i.occurred_at < $3::timestamptz
       AND ($4::text IS NULL OR i.site = $4)
     ORDER BY i.occurred_at, i.id`,
    [profile, new Date(fromMs).toISOString(), new Date(toMs).toISOString(), site],
  );

/** Only of verdicts that are recorded under this profile: what another law judged is none of its business. */
async function newOnes(
  database: Queryable,
  { profile, site }: RecordScope,
  { infractions }: Pick<JudgedAgain, 'infractions'>,
  recorded: ReadonlySet<string>,
): Promise<readonly Touched[]> {
  const candidates = [...infractions.values()].filter(
    (one) => !recorded.has(one.id) && (site === undefined || one.site === site),
  );
  if (candidates.length === 0) return [];
  const known = await database.query<{ readonly id: string }>(
    'SELECT id FROM verdict WHERE id = ANY($1::uuid[]) AND profile = $2',
    [candidates.map(({ verdictId }) => verdictId), profile],
  );
  const own = new Set(known.map(({ id }) => id));
  return candidates
    .filter(({ verdictId }) => own.has(verdictId))
    .map(({ id, account, site: where, rule, occurredAt, points, explanation }) => ({
      infraction: id,
      change: 'new',
      account,
      site: where,
      rule,
      occurredAt,
      pointsBefore: 0,
      pointsAfter: points,
      state: 'none',
      explanationBefore: null,
      explanationAfter: explanation,
      action: 'none',
    }));
}
