/** Who works on cases, and as what. Which role may do what to a case is in the pipeline (domain/case/roles.ts). */
import { Type, type Static } from 'typebox';
import { closed, named } from './http-parts.ts';
import { Sha256, Slug } from './units.ts';

/**
 * reviewer: looks at evidence first · adjudicator: decides appeals · clerk: letters, payments, drivers that were named ·
 * admin: devices, withdrawals, who may work here · ticket-office: asks about one account.
 */
export const ROLES = ['reviewer', 'adjudicator', 'clerk', 'admin', 'ticket-office'] as const;
export const Role = Type.Enum(ROLES);
export type Role = (typeof ROLES)[number];

export const Officer = Type.Object(
  {
    id: Slug,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    roles: Type.Array(Role, { minItems: 1, maxItems: ROLES.length }),
  },
  named('officer'),
);
export type Officer = Static<typeof Officer>;

/** The file in which a house keeps its officers. Of a token only its digest is kept. */
export const OfficerFile = Type.Object(
  {
    schema: Type.Literal('wayside.officers.v1'),
    officers: Type.Array(Type.Object({ ...Officer.properties, tokenSha256: Sha256 }, closed), {
      maxItems: 10_000,
    }),
  },
  named('officers'),
);
export type OfficerFile = Static<typeof OfficerFile>;

export const OfficerSessionRequest = Type.Object(
  {
    token: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'The officer’s own.' })),
    demo: Type.Optional(
      Type.String({ maxLength: 63, description: 'An invented officer, where the house says it has such.' }),
    ),
  },
  named('officer-session-request'),
);

export const OfficerSession = Type.Object(
  {
    officer: Type.Union([Officer, Type.Null()]),
    demo: Type.Array(Officer, {
      description:
        'Invented officers that anybody on this machine may be; empty in a house that has real ones.',
    }),
  },
  named('officer-session'),
);
export type OfficerSession = Static<typeof OfficerSession>;
