import { contentHash } from '@wayside/contracts/canonical';
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { Site } from '@wayside/contracts/site';
import type { Queryable } from './database.ts';

interface Told {
  readonly message: DeviceMessage;
  readonly receivedAtMs: number;
}

/** A birth carries the geometry of its site; each version of it is kept for ever, under its content. */
export async function keepSites(tx: Queryable, messages: readonly Told[]): Promise<void> {
  const sites = new Map<string, { readonly site: Site; readonly firstSeen: Date }>();
  for (const { message, receivedAtMs } of messages)
    if (message.type === 'org.wayside.status.v1' && message.data.site)
      sites.set(contentHash(message.data.site), {
        site: message.data.site,
        firstSeen: new Date(receivedAtMs),
      });
  if (sites.size === 0) return;
  const kept = [...sites.values()];
  await tx.query(
    `INSERT INTO site_version (site_id, version, body, first_seen)
     SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::timestamptz[]) ON CONFLICT DO NOTHING`,
    [
      kept.map(({ site }) => site.id),
      [...sites.keys()],
      kept.map(({ site }) => site),
      kept.map(({ firstSeen }) => firstSeen),
    ],
  );
}
