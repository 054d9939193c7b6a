/**
 * Sites in order of silence, as a list through the sites themselves. (A Map keeps an order too, but one that is changed
 * with every message fills with holes, which each look at its first entry walks over: the more sites, the more holes.)
 */
interface Linked<T> {
  before: T | undefined;
  after: T | undefined;
}

export interface Silence<T> {
  /** The longest silent. */
  first: T | undefined;
  last: T | undefined;
}

export const noSilence = <T>(): Silence<T> => ({ first: undefined, last: undefined });

/** To be told of a site with each of its messages. */
export function heard<T extends Linked<T>>(silence: Silence<T>, site: T): void {
  if (silence.last === site) return;
  unlink(silence, site);
  site.before = silence.last;
  if (silence.last) silence.last.after = site;
  else silence.first = site;
  silence.last = site;
}

/** Takes a site out, whether it is in or not. */
export function unlink<T extends Linked<T>>(silence: Silence<T>, site: T): void {
  if (silence.first === site) silence.first = site.after;
  if (silence.last === site) silence.last = site.before;
  if (site.before) site.before.after = site.after;
  if (site.after) site.after.before = site.before;
  site.before = undefined;
  site.after = undefined;
}
