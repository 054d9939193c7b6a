/** What intake keeps of devices beside the messages, whichever log holds those. */
import type { SiteRef } from '@wayside/contracts/site';
import type { Queryable } from '../app/database.ts';
import type { Sighting } from './device-sightings.ts';

/** What a message does not tell (the software, say) stays as it was told last. */
export const updateDevices = (tx: Queryable, sightings: readonly Sighting[]): Promise<unknown> =>
  tx.query(
    `INSERT INTO device AS d (id, kind, state, software, boot_id, site_id, clock_state, last_seen_at, last_sequence)
     SELECT id, kind, state, coalesce(software, 'unknown'), boot_id, site_id, clock_state, last_seen_at, last_sequence
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::bigint[])
       AS t(id, kind, state, software, boot_id, site_id, clock_state, last_seen_at, last_sequence)
     ORDER BY id
     ON CONFLICT (id) DO UPDATE SET
       kind = excluded.kind, state = excluded.state, boot_id = excluded.boot_id,
       software = CASE WHEN excluded.software = 'unknown' THEN d.software ELSE excluded.software END,
       site_id = coalesce(excluded.site_id, d.site_id),
       clock_state = coalesce(excluded.clock_state, d.clock_state),
       last_seen_at = greatest(excluded.last_seen_at, d.last_seen_at),
       last_sequence = greatest(excluded.last_sequence, d.last_sequence)`,
    [
      sightings.map(({ device }) => device),
      sightings.map(({ kind }) => kind),
      sightings.map(({ state }) => state),
      sightings.map(({ software }) => software),
      sightings.map(({ bootId }) => bootId),
      sightings.map(({ siteId }) => siteId),
      sightings.map(({ clockState }) => clockState),
      sightings.map(({ lastSeenMs }) => new Date(lastSeenMs)),
      sightings.map(({ lastSequence }) => lastSequence),
    ],
  );

export async function siteDevices(
  db: Queryable,
  { id, version }: SiteRef,
): Promise<readonly string[] | undefined> {
  const [row] = await db.query<{ devices: readonly string[] }>(
    "SELECT body -> 'devices' AS devices FROM site_version WHERE site_id = $1 AND version = $2",
    [id, version],
  );
  return row?.devices;
}

/** The highest durable sequence of each device that was ever heard. */
export async function lastSequences(
  db: Queryable,
  devices: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ readonly id: string; readonly last: number }>(
    'SELECT id, last_sequence AS last FROM device WHERE id = ANY($1::text[])',
    [devices],
  );
  return new Map(rows.map(({ id, last }) => [id, last]));
}
