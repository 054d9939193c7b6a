/** Devices as they were last heard of. Reads only. */
import type { DeviceList, DeviceView } from '@wayside/contracts/http';
import type { Queryable } from '../database.ts';
import { nameCursor, pageOf } from './cursor.ts';

interface DeviceRow {
  readonly id: string;
  readonly kind: DeviceView['kind'];
  readonly state: string;
  readonly software: string;
  readonly site_id: string | null;
  readonly clock_state: string | null;
  readonly last_seen_at: Date;
}

export async function listDevices(
  db: Queryable,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<DeviceList> {
  const rows = await db.query<DeviceRow>(
    `SELECT id, kind, state, software, site_id, clock_state, last_seen_at
     FROM device WHERE ($1::text IS NULL OR id > $1) ORDER BY id LIMIT $2`,
    [page.after ?? null, page.limit + 1],
  );
  return pageOf(rows, page.limit, { item: toView, cursor: (row) => nameCursor(row.id) });
}

const toView = (row: DeviceRow): DeviceView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  software: row.software,
  site: row.site_id,
  lastSeenAt: row.last_seen_at.toISOString(),
  clockState: row.clock_state,
});
