/** Reads a JSON file against its schema and tells all its faults at once. */
import type { Static, TSchema } from 'typebox';
import { Errors, Check } from 'typebox/value';

export type Checked<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

const MAX_FAULTS = 50;

/** @param text the file's text, or why it could not be read. */
export function checked<S extends TSchema>(
  schema: S,
  file: string,
  text: string | Error,
): Checked<Static<S>> {
  if (text instanceof Error) return { kind: 'faults', faults: [`${file}: ${text.message}`] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'faults', faults: [`${file}: is not JSON: ${(error as Error).message}`] };
  }
  if (Check(schema, value)) return { kind: 'ok', value };
  const faults = [...Errors(schema, value)].slice(0, MAX_FAULTS);
  return {
    kind: 'faults',
    faults: faults.map((fault) => `${file}${fault.instancePath || '/'} ${fault.message}`),
  };
}
