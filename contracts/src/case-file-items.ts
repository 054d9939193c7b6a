/** What the two sides put into one file: comments beside the items of the evidence, and uploads. */
import { Type, type Static } from 'typebox';
import { ACTOR_KINDS } from './case.ts';
import { DateTime, named } from './http-parts.ts';
import { Sha256, Uuid } from './units.ts';

export const CaseComment = Type.Object(
  {
    id: Uuid,
    about: Type.String(),
    by: Type.Enum(ACTOR_KINDS),
    at: DateTime,
    text: Type.String(),
  },
  named('case-comment'),
);
export type CaseComment = Static<typeof CaseComment>;

export const CaseUpload = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    mediaType: Type.String(),
    bytes: Type.Integer({ minimum: 1 }),
    sha256: Sha256,
    by: Type.Enum(ACTOR_KINDS),
    at: DateTime,
  },
  named('case-upload'),
);
export type CaseUpload = Static<typeof CaseUpload>;
