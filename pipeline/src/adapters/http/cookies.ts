/** Reading and writing of the few headers that say who asks. */

export const bearerOf = (header = ''): string => /^Bearer (\S+)$/i.exec(header)?.[1] ?? '';

export function cookieOf(header = '', name: string): string {
  const pair = header.split(';').find((part) => part.trim().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1) ?? '';
}

/** Never sent by a page of another site, never read by a script. */
export const setCookie = (name: string, value: string, maxAgeSeconds: number, path = '/'): string =>
  `${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict`;
