/** What the judge may look up: profiles, and geometries by the hash a batch names (docs/decisions/0001). */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Site, SiteRef } from '@wayside/contracts/site';
import type { JudgeContext } from '../../domain/judge/effects.ts';
import type { Queryable } from '../database.ts';
import type { LoggedMessage } from '../event-log.ts';

export interface SiteContext extends JudgeContext {
  /** Fetches the geometries that these messages name and that are not at hand; call it before judging them. */
  prepare(batch: readonly LoggedMessage[]): Promise<void>;
}

/** Geometries at hand at once; beyond it they are fetched anew when named. */
const MAX_SITES = 20_000;
const keyOf = ({ id, version }: SiteRef): string => `${id}@${version}`;

export function createSiteContext(
  database: Queryable,
  profileOf: (jurisdiction: string | undefined) => LawProfile,
): SiteContext {
  const sites = new Map<string, Site>();
  return {
    site: (ref) => sites.get(keyOf(ref)),
    profile: profileOf,
    prepare: async (batch) => {
      const named = refsOf(batch);
      if (sites.size + named.size > MAX_SITES) sites.clear();
      const missing = [...named].filter(([key]) => !sites.has(key)).map(([, ref]) => ref);
      if (missing.length === 0) return;
      for (const { version, body } of await fetchSites(database, missing))
        sites.set(keyOf({ id: body.id, version }), body);
    },
  };
}

function refsOf(batch: readonly LoggedMessage[]): ReadonlyMap<string, SiteRef> {
  const refs = new Map<string, SiteRef>();
  for (const { message } of batch)
    if (message.type === 'org.wayside.observations.v1') refs.set(keyOf(message.data.site), message.data.site);
  return refs;
}

const fetchSites = (database: Queryable, refs: readonly SiteRef[]) =>
  database.query<{ readonly version: string; readonly body: Site }>(
    `SELECT s.version, s.body FROM site_version s
     JOIN json_to_recordset($1::json) AS r(id text, version text) ON s.site_id = r.id AND s.version = r.version`,
    [JSON.stringify(refs)],
  );
