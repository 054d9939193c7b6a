/** What intakes hold behind gaps, as a table (migrations/0022_intake_waiting.sql). All times are the database's. */
import type { Queryable } from '../app/database.ts';
import type { HeldMessage, KnownMessage } from '../app/intake/held-messages.ts';

/**
 * One statement, because a busy process is slow at every word it hears. It does not see the rows that it writes, so these
 * are returned apart; what was written only just now is not written again, for a strange device makes intake ask often.
 * What is durable or old is forgotten, unless another is at it: two intakes must not wait for each other's rows.
 */
const TELL = `
WITH held AS (
  SELECT device, sequence, max(waited_ms) AS waited_ms
  FROM unnest($1::text[], $2::bigint[], $3::float8[]) AS h(device, sequence, waited_ms) GROUP BY device, sequence
), told AS (
  INSERT INTO intake_waiting AS w (device, sequence, since, told_at)
  SELECT device, sequence, now() - waited_ms * interval '1 millisecond', now() FROM held h
  WHERE NOT EXISTS (SELECT FROM intake_waiting o WHERE o.device = h.device AND o.sequence = h.sequence
                                                   AND o.told_at > now() - interval '0.5 seconds')
  ORDER BY device, sequence
  ON CONFLICT (device, sequence) DO UPDATE SET since = least(w.since, excluded.since), told_at = excluded.told_at
  RETURNING device, sequence, since, told_at
), forgotten AS (
  DELETE FROM intake_waiting WHERE (device, sequence) IN (
    SELECT w.device, w.sequence FROM intake_waiting w LEFT JOIN device d ON d.id = w.device
    WHERE (w.sequence <= d.last_sequence OR w.told_at < now() - interval '10 minutes')
      AND (w.device, w.sequence) NOT IN (SELECT device, sequence FROM held)
    FOR UPDATE OF w SKIP LOCKED)
), known AS (
  SELECT device, sequence, since, told_at FROM told
  UNION ALL
  SELECT device, sequence, since, told_at FROM intake_waiting
  WHERE device = ANY($1::text[]) AND (device, sequence) NOT IN (SELECT device, sequence FROM told)
)
SELECT device, sequence, (extract(epoch FROM now() - since) * 1000)::float8 AS "waitedMs",
       (extract(epoch FROM now() - told_at) * 1000)::float8 AS "untoldMs"
FROM known`;

export const tellHeld = (db: Queryable, held: readonly HeldMessage[]): Promise<readonly KnownMessage[]> =>
  db.query<KnownMessage>(TELL, [
    held.map(({ device }) => device),
    held.map(({ sequence }) => sequence),
    held.map(({ waitedMs }) => waitedMs),
  ]);
