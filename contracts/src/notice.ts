/** Letters: which there are, and what became of one. */
import { Type, type Static } from 'typebox';
import { DateTime, named } from './http-parts.ts';
import { AccountId } from './tokens.ts';
import { Uuid } from './units.ts';

export const NOTICE_KINDS = [
  'identification-request',
  'opening',
  'appeal-received',
  'decision',
  'posting',
  'release',
  'reversal',
  'warning',
] as const;
export const NoticeKind = Type.Enum(NOTICE_KINDS, {
  description:
    'identification-request: to the keeper, who drove? · opening: to the driver, what was seen and how to object · ' +
    'release: an apology, the points are back · reversal: the same, after they had been posted · warning: of standing.',
});
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const LANGUAGES = ['en', 'zh'] as const;
export const Language = Type.Enum(LANGUAGES);
export type Language = (typeof LANGUAGES)[number];

/**
 * due: to be sent · handed-over: a print house has it, and will say when it is delivered · delivered · failed: nobody
 * will try again unless told to · withdrawn: the case had gone on before it was sent.
 */
export const NOTICE_STATES = ['due', 'handed-over', 'delivered', 'failed', 'withdrawn'] as const;
export const NoticeState = Type.Enum(NOTICE_STATES);
export type NoticeState = (typeof NOTICE_STATES)[number];

export const NoticeView = Type.Object(
  {
    id: Uuid,
    kind: NoticeKind,
    recipient: Type.Union([AccountId, Type.Null()], {
      description: 'Null where it is not told to whoever asks.',
    }),
    language: Language,
    state: NoticeState,
    queuedAt: DateTime,
    deliveredAt: Type.Union([DateTime, Type.Null()], { description: 'Only this starts a clock.' }),
    attempts: Type.Integer({ minimum: 0 }),
    channel: Type.Union([Type.String(), Type.Null()]),
    failure: Type.Union([Type.String(), Type.Null()], {
      description: 'Why the last attempt came to nothing.',
    }),
  },
  named('notice'),
);
export type NoticeView = Static<typeof NoticeView>;
