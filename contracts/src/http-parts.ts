/** What HTTP queries and bodies are put together from. */
import { Type } from 'typebox';

export const closed = { additionalProperties: false } as const;
/** The options of a body that has a name of its own in the OpenAPI document. */
export const named = (name: string) => ({ ...closed, $id: `wayside.${name}.v1` });

export const DateTime = Type.String({ format: 'date-time' });
export const Count = Type.Integer({ minimum: 0 });

/** A site's id, or `<operator>/<train>`. */
const SiteName = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}(/[A-Za-z0-9-]{1,64})?$' });

export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 }));
export const Cursor = Type.Optional(
  Type.String({
    pattern: '^[A-Za-z0-9_-]{1,200}$',
    description: 'The `next` of the page before; all other parameters as they were there.',
  }),
);
export const Next = Type.Union([Type.String(), Type.Null()], {
  description: '`cursor` of the page that follows; null on the last one.',
});

export const Where = { site: Type.Optional(SiteName) };
export const From = Type.Optional(
  Type.String({ format: 'date-time', description: 'Only what occurred at this moment or later.' }),
);
export const To = Type.Optional(
  Type.String({ format: 'date-time', description: 'Only what occurred before this moment.' }),
);
