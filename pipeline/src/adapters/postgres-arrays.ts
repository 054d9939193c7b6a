/** Postgres' text form of arrays (§8.15.6 of its manual): `{1,NULL,"a \"b\""}`, nested where there are more dimensions. */

/** @param encode one element's text; null is SQL NULL. */
export const writeArray = (values: readonly unknown[], encode: (value: unknown) => string | null): string =>
  `{${values.map((value) => (Array.isArray(value) ? writeArray(value, encode) : writeElement(encode(value)))).join(',')}}`;

/** Always quoted, so that an empty text, a comma, a brace or the word NULL stay what they are. */
function writeElement(text: string | null): string {
  if (text === null) return 'NULL';
  return /["\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}

/** @param read one element's text. @returns the elements, null for SQL NULL. */
export function readArray(text: string, read: (text: string) => unknown): readonly unknown[] {
  const start = text.indexOf('{'); // before it may stand bounds, `[0:2]=`
  return readLevel({ text, at: start + 1 }, read);
}

interface Cursor {
  readonly text: string;
  at: number;
}

function readLevel(cursor: Cursor, read: (text: string) => unknown): unknown[] {
  const values: unknown[] = [];
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at];
    if (char === '}') break;
    if (char === ',') cursor.at++;
    else values.push(readItem(cursor, char, read));
  }
  cursor.at++;
  return values;
}

function readItem(cursor: Cursor, char: string | undefined, read: (text: string) => unknown): unknown {
  if (char === '{') {
    cursor.at++;
    return readLevel(cursor, read);
  }
  if (char === '"') return read(readQuoted(cursor));
  const word = readWord(cursor);
  return word === 'NULL' ? null : read(word);
}

function readWord(cursor: Cursor): string {
  const from = cursor.at;
  while (!/[,}]/.test(cursor.text[cursor.at] ?? '}')) cursor.at++;
  return cursor.text.slice(from, cursor.at);
}

function readQuoted(cursor: Cursor): string {
  let value = '';
  for (cursor.at++; cursor.text[cursor.at] !== '"'; cursor.at++) {
    if (cursor.at >= cursor.text.length) throw new SyntaxError('array text ends inside a quotation');
    if (cursor.text[cursor.at] === '\\') cursor.at++;
    value += cursor.text[cursor.at] ?? '';
  }
  cursor.at++;
  return value;
}
