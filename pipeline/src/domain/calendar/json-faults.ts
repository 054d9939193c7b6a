/** Data files are read with all their faults at once, so that one is mended in one go. */
import { type Static, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

export interface DataText {
  /** What a fault is reported under: a file's name. */
  readonly name: string;
  readonly text: string;
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  /** `value` is what could be read at all; undefined where the text is not JSON. */
  | { readonly ok: false; readonly faults: readonly string[]; readonly value: unknown };

/** @returns the check of one schema: every place where a text departs from it, in words. */
export function jsonCheck<T extends TSchema>(schema: T): (text: string) => Checked<Static<T>> {
  const validator = Compile(schema);
  return (text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return { ok: false, faults: [`is not JSON: ${(error as Error).message}`], value: undefined };
    }
    if (validator.Check(value)) return { ok: true, value: value };
    const faults = validator.Errors(value).map((error) => `${error.instancePath || '/'} ${error.message}`);
    return { ok: false, faults, value };
  };
}

export const repeated = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
