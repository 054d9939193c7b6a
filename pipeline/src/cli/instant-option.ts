import { InvalidArgumentError } from 'commander';

/** An option that is a moment: RFC 3339, or a day (its first moment in UTC). @returns epoch ms. */
export function instantOption(text: string): number {
  const shape = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;
  const ms = shape.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('a moment such as 2026-03-02 or 2026-03-02T10:00:00+08:00 is wanted.');
  return ms;
}
