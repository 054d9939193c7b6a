/**
 * References and PINs of letters. Both are derived under a key that lies outside the database: a letter that is printed
 * again has the same, and a stolen database opens nothing. 60 and 40 bits, in an alphabet without look-alikes.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Crockford’s base 32. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const REFERENCE_CHARACTERS = 12;
const PIN_CHARACTERS = 8;

/** @param caseId null: all cases of the account. */
export const referenceOf = (key: string, caseId: string | null, account: string): string =>
  grouped(derive(key, ['reference', caseId ?? '', account], REFERENCE_CHARACTERS));

export const pinOf = (key: string, reference: string): string =>
  grouped(derive(key, ['pin', reference], PIN_CHARACTERS));

/** Takes the same time for every PIN. */
export const isPin = (key: string, reference: string, given: string): boolean =>
  timingSafeEqual(mac(key, [pinOf(key, reference)]), mac(key, [normalised(given)]));

/** As it is printed, whatever gaps and look-alikes a person types. */
export const normalised = (typed: string): string =>
  grouped(
    typed
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/g, '1')
      .replaceAll('U', 'V'),
  );

const grouped = (text: string): string => text.match(/.{1,4}/g)?.join('-') ?? '';

const mac = (key: string, parts: readonly string[]): Buffer =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest();

function derive(key: string, parts: readonly string[], characters: number): string {
  return [...mac(key, parts).subarray(0, characters)].map((byte) => ALPHABET[byte % 32] ?? '0').join('');
}
