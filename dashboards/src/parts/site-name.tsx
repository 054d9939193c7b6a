/** Names and zones of sites, asked for once. A rail "site" is `<operator>/<train>` and has no crossing behind it. */
import type { InfractionDetail, SiteView } from '@wayside/contracts/http';
import type { RuleId } from '@wayside/contracts/law-profile';
import { readerZone } from '../format/zone.ts';
import { useSites } from '../api/queries.ts';

export interface SiteBook {
  readonly all: readonly SiteView[];
  readonly nameOf: (id: string) => string;
  readonly zoneOf: (id: string) => string;
}

export function useSiteBook(): SiteBook {
  const { data } = useSites();
  const all = data?.items ?? [];
  const find = (id: string) => all.find(({ site }) => site.id === id)?.site;
  return {
    all,
    nameOf: (id) => find(id)?.name ?? railName(id),
    zoneOf: (id) => find(id)?.timeZone ?? sharedZone(all) ?? readerZone(),
  };
}

function railName(id: string): string {
  const [operator, train] = id.split('/');
  return train === undefined ? id : `${train} · ${operator ?? ''}`;
}

/** @returns where it was, as a person concerned is told. */
export const placeName = (of: { readonly rule: RuleId; readonly place: string }): string =>
  of.rule === 'seat-refusal' ? railName(of.place) : of.place;

/** A train has no place of its own: its reports are named and timed as in the lists. */
export function useNamed(found: InfractionDetail): InfractionDetail {
  const { nameOf, zoneOf } = useSiteBook();
  const { kind, site } = found.infraction;
  return kind === 'report' ? { ...found, siteName: nameOf(site), timeZone: zoneOf(site) } : found;
}

/** @returns the zone of all sites, where they have one and the same. */
export function sharedZone(sites: readonly SiteView[]): string | undefined {
  const zones = new Set(sites.map(({ site }) => site.timeZone));
  return zones.size === 1 ? [...zones][0] : undefined;
}
