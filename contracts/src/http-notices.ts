/** What is asked and told of letters. */
import { Type, type Static } from 'typebox';
import { closed, named } from './http-parts.ts';
import { Language } from './notice.ts';

export const LETTER_FORMATS = ['html', 'pdf'] as const;

export const LetterQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum(LETTER_FORMATS)),
    language: Type.Optional(Language),
    as: Type.Optional(Type.Enum(['office', 'recipient'])),
  },
  closed,
);
export type LetterQuery = Static<typeof LetterQuery>;

export const DeliveryReport = Type.Object(
  {
    outcome: Type.Enum(['delivered', 'returned', 'address-unknown']),
    detail: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'The carrier’s receipt, or what was on it.',
    }),
  },
  named('delivery-report'),
);
export type DeliveryReport = Static<typeof DeliveryReport>;

export const ResendRequest = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 500 })) },
  named('resend-request'),
);
