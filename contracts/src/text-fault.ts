/**
 * JSON can write text that Postgres does not keep: U+0000, and halves of surrogate pairs. One such message would stop
 * everybody behind it in the log, so it is turned away at the door.
 */
const ESCAPED_SUSPECT = /\\u(?:0000|[dD][89a-fA-F])/;
/** Read by code points, so that a whole pair is no surrogate. */
const HALF_PAIR = /\p{Surrogate}/u;
const unstorable = (text: string): boolean => text.includes('\0') || HALF_PAIR.test(text);

/**
 * @param json the text that `value` was read from: only an escape can make such characters, and few texts hold one.
 * @returns the first fault in words, with its place, or undefined.
 */
export const textFault = (json: string, value: unknown): string | undefined =>
  json.includes('\\u') && ESCAPED_SUSPECT.test(json) ? faultIn(value, '') : undefined;

function faultIn(value: unknown, path: string): string | undefined {
  if (typeof value === 'string')
    return unstorable(value) ? `${path || '/'} holds U+0000 or half a surrogate pair` : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (unstorable(key)) return `a name in ${path || '/'} holds U+0000 or half a surrogate pair`;
    const fault = faultIn(part, `${path}/${key}`);
    if (fault) return fault;
  }
  return undefined;
}
