/** A list of mistakes to be taken back, as a file that a person has read before it is carried out. */
import { Type, type Static } from 'typebox';
import { Slug, Uuid } from '@wayside/contracts/units';
import { jsonCheck, repeated } from '../../domain/calendar/json-faults.ts';

const ReversalItem = Type.Object(
  {
    infraction: Uuid,
    back: Type.Union([Type.Literal('all'), Type.Integer({ minimum: 1, maximum: 100 })], {
      description: 'Points to give back; a hold that is not decided yet is released for "all" only.',
    }),
  },
  { additionalProperties: false },
);
export type ReversalItem = Static<typeof ReversalItem>;

export const ReversalBatch = Type.Object(
  {
    schema: Type.Literal('wayside.reversal-batch.v1'),
    id: Slug,
    reason: Type.String({ minLength: 1, maxLength: 500, description: 'Stands in the letters.' }),
    items: Type.Array(ReversalItem, { maxItems: 1_000_000 }),
  },
  { additionalProperties: false },
);
export type ReversalBatch = Static<typeof ReversalBatch>;

const check = jsonCheck(ReversalBatch);

export type ParsedBatch =
  | { readonly ok: true; readonly batch: ReversalBatch }
  | { readonly ok: false; readonly faults: readonly string[] };

/** @returns the batch, or every fault of the text in words. */
export function parseBatch(text: string): ParsedBatch {
  const checked = check(text);
  if (!checked.ok) return { ok: false, faults: checked.faults };
  const twice = repeated(checked.value.items.map(({ infraction }) => infraction));
  if (twice.length > 0)
    return { ok: false, faults: twice.map((id) => `/items names infraction ${id} more than once`) };
  return { ok: true, batch: checked.value };
}
