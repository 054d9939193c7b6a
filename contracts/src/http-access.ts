/** How a client shows that it may ask, and with which keys it can check what it is told. */
import { Type, type Static } from 'typebox';
import { closed, named } from './http-parts.ts';

export const SessionRequest = Type.Object(
  {
    token: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'The token the house was started with.',
    }),
  },
  named('session-request'),
);
export type SessionRequest = Static<typeof SessionRequest>;

/** A public key of RFC 8037; closed, so that a private one (`d`) cannot slip out. */
export const PublicJwk = Type.Object(
  {
    kty: Type.Literal('OKP'),
    crv: Type.Literal('Ed25519'),
    x: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    kid: Type.String(),
  },
  closed,
);
export type PublicJwk = Static<typeof PublicJwk>;

export const EvidenceKeys = Type.Object(
  { keys: Type.Array(PublicJwk) },
  {
    ...named('evidence-keys'),
    description: 'A JWK set (RFC 7517): the keys that sealed evidence verifies under.',
  },
);
