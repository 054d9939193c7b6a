/** Sites in the newest geometry that a device was set up for. Reads only. */
import type { SiteList, SiteView } from '@wayside/contracts/http';
import type { Site } from '@wayside/contracts/site';
import type { Queryable } from '../database.ts';
import { nameCursor, pageOf } from './cursor.ts';

interface SiteRow {
  readonly site_id: string;
  readonly version: string;
  readonly body: Site;
  readonly last_seen_at: Date | null;
}

const SELECT = `
  SELECT s.site_id, s.version, s.body,
         (SELECT max(d.last_seen_at) FROM device d WHERE d.site_id = s.site_id) AS last_seen_at
  FROM (SELECT DISTINCT ON (site_id) site_id, version, body FROM site_version
        WHERE ($1::text IS NULL OR site_id = $1) AND ($2::text IS NULL OR site_id > $2)
        ORDER BY site_id, first_seen DESC, version) s
  ORDER BY s.site_id LIMIT $3`;

export async function listSites(
  db: Queryable,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<SiteList> {
  const rows = await db.query<SiteRow>(SELECT, [null, page.after ?? null, page.limit + 1]);
  return pageOf(rows, page.limit, { item: toView, cursor: (row) => nameCursor(row.site_id) });
}

export async function findSite(db: Queryable, id: string): Promise<SiteView | undefined> {
  const [row] = await db.query<SiteRow>(SELECT, [id, null, 1]);
  return row && toView(row);
}

const toView = (row: SiteRow): SiteView => ({
  site: row.body,
  version: row.version,
  lastSeenAt: row.last_seen_at?.toISOString() ?? null,
});
