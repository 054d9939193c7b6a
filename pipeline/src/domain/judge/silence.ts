/**
 * Sites in order of silence, as a list through the sites themselves. (A Map keeps an order too, but one that is changed
 * with every message fills with holes, which each look at its first entry walks over: the more sites, the more holes.)
 */
import type { SiteState } from './site-state.ts';

export interface Silence {
  /** The longest silent. */
  first: SiteState | undefined;
  last: SiteState | undefined;
}

export const noSilence = (): Silence => ({ first: undefined, last: undefined });

/** To be told of a site with each of its messages. */
export function heard(silence: Silence, site: SiteState): void {
  if (silence.last === site) return;
  unlink(silence, site);
  site.before = silence.last;
  if (silence.last) silence.last.after = site;
  else silence.first = site;
  silence.last = site;
}

/** Takes a site out, whether it is in or not. */
export function unlink(silence: Silence, site: SiteState): void {
  if (silence.first === site) silence.first = site.after;
  if (silence.last === site) silence.last = site.before;
  if (site.before) site.before.after = site.after;
  if (site.after) site.after.before = site.before;
  site.before = undefined;
  site.after = undefined;
}
