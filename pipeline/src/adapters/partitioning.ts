import type { DeviceMessage } from '@wayside/contracts/messages';
import type { Queryable } from '../app/database.ts';
import type { IncomingMessage } from '../app/event-log.ts';

/**
 * All messages of a site stand in one partition, those of a device without a site in one too. A message that does not
 * name its site (a last will, say) follows the site its device named last.
 */
export async function partitionsOf(
  db: Queryable,
  messages: readonly IncomingMessage[],
  count: number,
): Promise<readonly number[]> {
  if (count === 1) return messages.map(() => 0);
  const sites = await knownSites(db, messages);
  return messages.map(({ message }) => {
    const site = siteOf(message);
    if (site !== undefined) sites.set(message.device, site);
    return partitionOf(sites.get(message.device) ?? message.device, count);
  });
}

/** FNV-1a, 32 bits. */
export function partitionOf(key: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % count;
}

function siteOf(message: DeviceMessage): string | undefined {
  switch (message.type) {
    case 'org.wayside.observations.v1':
    case 'org.wayside.signals.v1':
      return message.data.site.id;
    case 'org.wayside.status.v1':
      return message.data.site?.id;
    case 'org.wayside.report.v1':
      return undefined;
  }
}

async function knownSites(db: Queryable, messages: readonly IncomingMessage[]): Promise<Map<string, string>> {
  const unnamed = messages.filter(({ message }) => siteOf(message) === undefined);
  if (unnamed.length === 0) return new Map();
  const rows = await db.query<{ id: string; site_id: string }>(
    'SELECT id, site_id FROM device WHERE id = ANY($1::text[]) AND site_id IS NOT NULL',
    [[...new Set(unnamed.map(({ message }) => message.device))]],
  );
  return new Map(rows.map(({ id, site_id }) => [id, site_id]));
}
