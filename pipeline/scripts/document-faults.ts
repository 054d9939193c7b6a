/** Checks the documents by other people's validators: the specifications' own schemas, and Ajv for ours. */
import asyncApiSpecs from '@asyncapi/specs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { exampleObservations, exampleReport, exampleSite, exampleStatus } from '@wayside/contracts/examples';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

const EXAMPLES: Readonly<Record<string, unknown>> = {
  'schemas/observations.v1.schema.json': exampleObservations,
  'schemas/report.v1.schema.json': exampleReport,
  'schemas/status.v1.schema.json': exampleStatus,
  'schemas/site.v1.schema.json': exampleSite,
};

/** @returns what is wrong with a document, in words; empty where it is good. */
export async function documentFaults(path: string, document: object): Promise<readonly string[]> {
  if (path === 'openapi.json') return openApiFaults(document);
  if (path === 'asyncapi.json') return asyncApiFaults(document);
  return schemaFaults(path, document);
}

async function openApiFaults(document: object): Promise<readonly string[]> {
  const result = await new Validator().validate(structuredClone(document) as Record<string, unknown>);
  return result.valid ? [] : [`is not OpenAPI: ${JSON.stringify(result.errors)}`];
}

function asyncApiFaults(document: object): readonly string[] {
  // The specification's schema brings draft-07 along, so Ajv must not; its formats (uri, email) would need a plugin.
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false, validateFormats: false });
  const validate = ajv.compile(asyncApiSpecs.schemas['3.0.0'] as object);
  return validate(document) ? [] : [`is not AsyncAPI 3.0: ${ajv.errorsText(validate.errors)}`];
}

function schemaFaults(path: string, schema: object): readonly string[] {
  const ajv = new Ajv2020({ allErrors: true, validateFormats: false });
  const validate = ajv.compile(schema);
  const example = EXAMPLES[path];
  if (example === undefined || validate(example)) return [];
  return [`refuses its own example: ${ajv.errorsText(validate.errors)}`];
}
