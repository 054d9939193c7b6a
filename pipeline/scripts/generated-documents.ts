/** The documents of the house's interfaces, all made from the schemas: nothing in them is written by hand. */
import { asyncApiDocument } from '@wayside/contracts/asyncapi';
import { ReportMessage } from '@wayside/contracts/conductor-report';
import { StatusMessage } from '@wayside/contracts/device-status';
import { EvidenceBody } from '@wayside/contracts/infraction';
import { LawProfile } from '@wayside/contracts/law-profile';
import { nameSchemas } from '@wayside/contracts/named-schemas';
import { ObservationMessage } from '@wayside/contracts/observation-batch';
import { SignalMessage } from '@wayside/contracts/signal-phases';
import { Site } from '@wayside/contracts/site';
import { pino } from 'pino';
import { createInProcessBus } from '../src/adapters/in-process-bus.ts';
import { createHttpServer } from '../src/adapters/http/server.ts';
import { quietOffice } from '../src/testing/office.ts';

const SCHEMAS = {
  'observations.v1': ObservationMessage,
  'report.v1': ReportMessage,
  'signals.v1': SignalMessage,
  'status.v1': StatusMessage,
  'site.v1': Site,
  'law-profile.v1': LawProfile,
  'evidence.v1': EvidenceBody,
};

/** @returns each document by its path below `contracts/generated/`. */
export async function generatedDocuments(version: string): Promise<ReadonlyMap<string, object>> {
  const schemas = Object.entries(SCHEMAS).map(
    ([name, schema]) => [`schemas/${name}.schema.json`, standalone(schema)] as const,
  );
  return new Map<string, object>([
    ['openapi.json', await openApiDocument(version)],
    ['asyncapi.json', asyncApiDocument(version)],
    ...schemas,
  ]);
}

/** One schema that needs no other file. */
function standalone(schema: object): object {
  const { value, schemas } = nameSchemas(schema, '#/$defs/', '2020-12');
  const name = (value as { readonly $ref: string }).$ref.slice('#/$defs/'.length);
  const { [name]: root, ...others } = schemas;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:wayside:schema:${name}`,
    ...(root as object),
    ...(Object.keys(others).length > 0 && { $defs: others }),
  };
}

async function openApiDocument(version: string): Promise<object> {
  const database = { query: unasked, transaction: unasked, close: () => Promise.resolve() };
  const server = await createHttpServer({
    database,
    office: quietOffice(database),
    bus: createInProcessBus(pino({ level: 'silent' })),
    counters: unasked,
    readiness: unasked,
    metrics: { contentType: 'text/plain', text: unasked },
    profiles: [],
    evidenceKeys: unasked,
    version,
    clock: () => 0,
    logger: pino({ level: 'silent' }),
  });
  await server.ready();
  const document = server.swagger();
  await server.close();
  return document;
}

const unasked = (): Promise<never> => Promise.reject(new Error('nothing is asked while documents are made'));
