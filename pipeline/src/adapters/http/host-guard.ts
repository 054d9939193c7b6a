/**
 * Against DNS rebinding: a page of a stranger can make its own name point at 127.0.0.1, and the browser then lets it
 * read what loopback answers. So a house on loopback answers only to the names of loopback.
 */
const LOOPBACK = /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @param host a Host header, with or without a port. */
export function isOwnName(host: string | undefined, otherNames: readonly string[]): boolean {
  if (host === undefined) return false;
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '');
  return LOOPBACK.test(name) || otherNames.includes(name);
}
