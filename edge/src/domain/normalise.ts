/**
 * One spelling for each plate, ticket or staff number: NFKC, upper case (and NFKC again, since upper case takes some
 * letters apart), without spaces, hyphens and dots, so that `京A·12 345` on a ticket office's list and `京A12345` from a
 * camera give one token.
 * @returns the empty string where nothing was legible
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .normalize('NFKC')
    .replace(/[\s.\p{Dash_Punctuation}\u00b7\u2022\u2027\u30fb\u2212]/gu, '');
}
