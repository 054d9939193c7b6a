/** The OpenAPI document, from the schemas of the routes. */
import swagger from '@fastify/swagger';
import { nameSchemas } from '@wayside/contracts/named-schemas';
import type { FastifySchema } from 'fastify';
import type { Api } from './api.ts';

const TAGS = {
  record: 'What was judged and recorded',
  ledger: 'Points',
  law: 'The rules applied',
  cases: 'Cases, for officers',
  letters: 'Letters, for officers and carriers',
  office: 'The door of officers',
  portal: 'For the person concerned, with the reference and PIN of a letter',
  places: 'Sites and devices',
  live: 'As it happens',
  operations: 'For whoever runs the house',
  access: 'For a house that is not on loopback alone',
  documents: 'The documents of the interfaces',
};

export async function describeApi(app: Api, version: string): Promise<void> {
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Wayside',
        version,
        description: 'Crosswalk and train infractions, their evidence, and the points they cost.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          officer: { type: 'apiKey', in: 'cookie', name: 'wayside_officer' },
          portal: { type: 'apiKey', in: 'cookie', name: 'wayside_portal' },
          session: { type: 'apiKey', in: 'cookie', name: 'wayside_session' },
        },
      },
      security: [{}, { token: [] }, { session: [] }, { officer: [] }, { portal: [] }],
    },
    transform: ({ schema, url, route }) => ({ schema: asWritten(schema, String(route.method), url), url }),
    transformObject: (document) => {
      if (!('openapiObject' in document)) throw new TypeError('the document is not OpenAPI 3');
      return named(document.openapiObject);
    },
  });
}

const asWritten = (schema: FastifySchema, method: string, url: string): FastifySchema => ({
  ...(renameKey(schema, '$id', KEPT_NAME) as FastifySchema),
  operationId: operationId(method, url),
});

/** `GET /api/infractions/:id` → `getInfractionsById`. */
function operationId(method: string, url: string): string {
  const words = url
    .replace(/^\/api/, '')
    .replaceAll('/:', '-by-')
    .split(/[^A-Za-z]+/);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return method.toLowerCase() + name;
}

function named(document: object): object {
  const { value, schemas } = nameSchemas(
    renameKey(document, KEPT_NAME, '$id'),
    '#/components/schemas/',
    '2020-12',
  );
  const { components, ...rest } = value as { readonly components?: object };
  return { ...rest, components: { ...components, schemas } };
}

/** The plugin drops `$id`, and with it the names of the schemas; under this key they come through. */
const KEPT_NAME = 'x-name';

function renameKey(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKey(item, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key === from ? to : key, renameKey(child, from, to)]),
  );
}
