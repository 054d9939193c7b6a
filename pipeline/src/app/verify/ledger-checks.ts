/** Folds the ledger again from its transfers, in SQL and by pocket (the writing path adds by kind, in code). */
import type { Queryable } from '../database.ts';
import type { Check } from './check.ts';
import { faultCheck, type FaultQuery } from './sql-faults.ts';

/** Each transfer as two entries, a pocket each. */
const ENTRIES = `
  SELECT debit AS pocket, -points AS points FROM transfer
  UNION ALL SELECT credit, points FROM transfer`;

const QUERIES: readonly FaultQuery[] = [
  {
    name: 'ledger: balances',
    sound: 'every balance equals the fold of its transfers',
    sql: `
      WITH pocket AS (SELECT pocket, sum(points) AS points FROM (${ENTRIES}) AS entry GROUP BY pocket),
      bonus AS (
        SELECT account, sum(points) AS points FROM transfer WHERE kind = 'award' AND cause <> 'opening:' || account GROUP BY account),
      folded AS (
        SELECT a.id, coalesce(h.points, 0) AS held, coalesce(p.points, 0) AS posted, coalesce(o.points, 0) AS bonus
        FROM account a LEFT JOIN pocket h ON h.pocket = a.id || '#held' LEFT JOIN pocket p ON p.pocket = a.id || '#posted'
          LEFT JOIN bonus o ON o.account = a.id)
      SELECT format('%s: held %s, posted %s, bonus %s; the transfers fold to %s, %s, %s',
                    coalesce(f.id, b.account), b.held, b.posted, b.bonus, f.held, f.posted, f.bonus) AS fault
      FROM folded f FULL JOIN balance b ON b.account = f.id
      WHERE (b.held, b.posted, b.bonus) IS DISTINCT FROM (f.held, f.posted, f.bonus)`,
  },
  {
    name: 'ledger: sums',
    sound: 'the pockets of every scheme sum to zero with its authority',
    sql: `
      WITH entry AS (${ENTRIES}),
      placed AS (
        SELECT coalesce(a.scheme, split_part(e.pocket, '#', 1)) AS scheme, e.points
        FROM entry e LEFT JOIN account a ON a.id = split_part(e.pocket, '#', 1))
      SELECT format('scheme %s is out by %s', scheme, sum(points)) AS fault
      FROM placed GROUP BY scheme HAVING sum(points) <> 0`,
  },
  {
    name: 'ledger: moves',
    sound: 'every transfer moves between the pockets its kind says',
    sql: `
      WITH shape AS (
        SELECT t.*, CASE WHEN a.counts = 'down' THEN a.id || '#available' ELSE a.scheme || '#authority' END AS source,
               a.id || '#held' AS held, a.id || '#posted' AS posted, a.scheme || '#authority' AS authority,
               a.id || '#available' AS available
        FROM transfer t LEFT JOIN account a ON a.id = t.account)
      SELECT format('%s %s: %s → %s', kind, id, debit, credit) AS fault FROM shape
      WHERE ((debit, credit) IS NOT DISTINCT FROM CASE kind
               WHEN 'award' THEN (authority, available)
               WHEN 'hold' THEN (source, held)
               WHEN 'post' THEN (held, posted)
               WHEN 'release' THEN (held, source)
               ELSE (posted, source) END) IS NOT TRUE`,
  },
  {
    name: 'ledger: resolutions',
    sound: 'every hold is resolved at most once, with the points and the account it took',
    sql: `
      SELECT format('hold %s is resolved %s times', hold_id, count(*)) AS fault
      FROM transfer WHERE hold_id IS NOT NULL GROUP BY hold_id HAVING count(*) > 1
      UNION ALL
      SELECT format('%s %s does not match its hold %s', r.kind, r.id, r.hold_id)
      FROM transfer r LEFT JOIN transfer h ON h.id = r.hold_id AND h.kind = 'hold'
      WHERE r.hold_id IS NOT NULL
        AND (r.account, r.points, r.infraction_id) IS DISTINCT FROM (h.account, h.points, h.infraction_id)`,
  },
  {
    name: 'ledger: opening awards',
    sound: 'every account that counts down was awarded its points once',
    sql: `
      SELECT format('account %s was awarded %s, should be %s', a.id, coalesce(sum(t.points), 0),
                    CASE WHEN a.counts = 'down' THEN a.initial ELSE 0 END) AS fault
      FROM account a LEFT JOIN transfer t ON t.account = a.id AND t.kind = 'award' AND t.cause = 'opening:' || a.id
      GROUP BY a.id, a.counts, a.initial
      HAVING coalesce(sum(t.points), 0) <> CASE WHEN a.counts = 'down' THEN a.initial ELSE 0 END`,
  },
  {
    name: 'ledger: entries',
    sound: 'nothing takes back more from a posted debit than it took, and only from its own account',
    sql: `
      SELECT format('%s %s takes back from %s, which is no posted debit of %s', t.kind, t.id, t.entry_id, t.account) AS fault
      FROM transfer t LEFT JOIN transfer e ON e.id = t.entry_id AND e.kind = 'post'
      WHERE t.entry_id IS NOT NULL AND (t.account, t.infraction_id) IS DISTINCT FROM (e.account, e.infraction_id)
      UNION ALL
      SELECT format('of the %s points of %s, %s are taken back', e.points, e.id, sum(t.points))
      FROM transfer e JOIN transfer t ON t.entry_id = e.id GROUP BY e.id, e.points HAVING sum(t.points) > e.points`,
  },
  {
    name: 'ledger: charges',
    sound: 'a hold takes other points than its infraction names only as a charge that was written down says',
    sql: `
      SELECT format('hold %s of infraction %s: base %s, the infraction has %s', c.hold_id, c.infraction_id, c.base, i.points) AS fault
      FROM charge c LEFT JOIN infraction i ON i.id = c.infraction_id WHERE c.base IS DISTINCT FROM i.points
      UNION ALL
      SELECT format('hold %s took %s from %s, its charge says %s from %s', c.hold_id, t.points, t.account, c.charged, c.account)
      FROM charge c LEFT JOIN transfer t ON t.id = c.hold_id AND t.kind = 'hold'
      WHERE CASE WHEN c.charged = 0 THEN t.id IS NOT NULL
                 ELSE (t.points, t.account) IS DISTINCT FROM (c.charged, c.account) END`,
  },
  {
    name: 'ledger: holds due',
    sound:
      'every infraction with points and an account has exactly one hold that is due, and no other has any',
    sql: `
      SELECT format('infraction %s: %s points due from %s, the hold says %s points from %s', i.id, i.points,
                    coalesce(i.account, 'nobody'), d.points, d.account) AS fault
      FROM infraction i LEFT JOIN hold_due d ON d.infraction_id = i.id
      WHERE CASE WHEN i.account IS NOT NULL AND i.points > 0
                 THEN (d.account, d.points, d.scheme) IS DISTINCT FROM (i.account, i.points, i.profile)
                 ELSE d.hold_id IS NOT NULL END
      UNION ALL
      SELECT format('infraction %s has %s holds due', infraction_id, count(*)) FROM hold_due
      GROUP BY infraction_id HAVING count(*) > 1
      UNION ALL
      SELECT format('hold %s is of no infraction', d.hold_id)
      FROM hold_due d LEFT JOIN infraction i ON i.id = d.infraction_id WHERE i.id IS NULL`,
  },
  {
    name: 'ledger: holds placed',
    sound:
      'every hold that is placed is one transfer with its account and points (what a case moved: holds moved)',
    sql: `
      SELECT format('hold %s: due %s points from %s, the ledger has %s from %s', coalesce(d.hold_id, t.id), d.points,
                    d.account, t.points, t.account) AS fault
      FROM (SELECT d.hold_id, d.infraction_id, d.account, coalesce(c.charged, d.points) AS points
            FROM hold_due d LEFT JOIN charge c ON c.hold_id = d.hold_id
            WHERE d.placed_at IS NOT NULL AND c.charged IS DISTINCT FROM 0) d
      FULL JOIN (SELECT * FROM transfer WHERE kind = 'hold' AND cause NOT LIKE 'case:%') t ON t.id = d.hold_id
      WHERE (d.account, d.points, d.infraction_id) IS DISTINCT FROM (t.account, t.points, t.infraction_id)`,
  },
];

export async function ledgerChecks(database: Queryable): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const query of QUERIES) checks.push(await faultCheck(database, query));
  return checks;
}
