/** Schema errors in words a caller can act on: one fault a parameter, which says what would have been right. */
import type { Problem } from '@wayside/contracts/http';
import type { TLocalizedValidationError } from 'typebox/error';

export type RequestFault = NonNullable<Problem['errors']>[number];
export type RequestPart = RequestFault['in'];

const MAX_FAULTS = 10;
const MAX_NAME = 80;

export function faultsOf(
  errors: readonly TLocalizedValidationError[],
  part: RequestPart,
): readonly RequestFault[] {
  const faults = new Map<string, RequestFault>();
  for (const error of errors)
    for (const [name, detail] of namedDetails(error, errors, part))
      if (!faults.has(name)) faults.set(name, { in: part, name: name.slice(0, MAX_NAME), detail });
  return [...faults.values()].slice(0, MAX_FAULTS);
}

function namedDetails(
  error: TLocalizedValidationError,
  all: readonly TLocalizedValidationError[],
  part: RequestPart,
): readonly (readonly [name: string, detail: string])[] {
  const base = part === 'body' ? error.instancePath : error.instancePath.slice(1);
  const child = (name: string) => (part === 'body' ? `${base}/${name}` : name);
  if (error.keyword === 'boolean') return [[base, 'is not known here']];
  if (error.keyword === 'required')
    return error.params.requiredProperties.map((name) => [child(name), 'is missing'] as const);
  if (error.keyword === 'additionalProperties')
    return error.params.additionalProperties.map((name) => [child(name), 'is not known here'] as const);
  return [[base || '/', advice(error, all)]];
}

function advice(error: TLocalizedValidationError, all: readonly TLocalizedValidationError[]): string {
  if (error.keyword === 'enum') return `must be one of ${error.params.allowedValues.join(', ')}`;
  if (error.keyword === 'const') return `must be one of ${constantsAt(error.instancePath, all).join(', ')}`;
  if (error.keyword === 'format' && error.params.format === 'date-time')
    return 'must be a moment like 2026-05-01T12:00:00Z (in a query, write the + of a time zone as %2B)';
  return error.message;
}

const constantsAt = (instancePath: string, all: readonly TLocalizedValidationError[]): unknown[] =>
  all.flatMap((error) =>
    error.keyword === 'const' && error.instancePath === instancePath ? [error.params.allowedValue] : [],
  );
