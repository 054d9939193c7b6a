/** What can be read without asking the record: the law applied, the keys, and the documents of the two APIs. */
import { asyncApiDocument } from '@wayside/contracts/asyncapi';
import { ProfileList } from '@wayside/contracts/http';
import { EvidenceKeys } from '@wayside/contracts/http-access';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import type { HttpServerOptions } from '../options.ts';
import { answers } from '../responses.ts';

const Document = Type.Object({}, { additionalProperties: true });

export function documentRoutes(app: Api, { profiles, evidenceKeys, version }: HttpServerOptions): void {
  app.get(
    '/api/profiles',
    {
      schema: {
        tags: ['law'],
        summary: 'The law profiles this house judges by, with their sources',
        response: answers(ProfileList, 'The profiles.'),
      },
    },
    () => ({ items: profiles }),
  );
  app.get(
    '/api/evidence/keys',
    {
      schema: {
        tags: ['record'],
        summary: 'The public keys that evidence can be checked with, without this house',
        response: answers(EvidenceKeys, 'A JWK set.'),
      },
    },
    async () => ({ keys: (await evidenceKeys()).map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid })) }),
  );
  app.get('/api/openapi.json', { schema: documentSchema('This document') }, () => app.swagger());
  app.get('/api/asyncapi.json', { schema: documentSchema('What devices send, as AsyncAPI 3') }, () =>
    asyncApiDocument(version),
  );
}

const documentSchema = (summary: string) => ({
  tags: ['documents'],
  summary,
  response: answers(Document, 'The document.'),
});
