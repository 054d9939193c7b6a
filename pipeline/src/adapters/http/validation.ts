/**
 * Checks requests with the same schema library as everything else. Digits become integers where a query is read, and
 * nowhere else: a body is taken as it is. Nothing is removed: a parameter nobody knows is an error that names it.
 */
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { faultsOf, type RequestFault, type RequestPart } from './request-faults.ts';

/** Becomes a 400 that names each parameter at fault. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly faults: readonly RequestFault[];
  constructor(faults: readonly RequestFault[]) {
    super(faults.map(inWords).join(' '));
    this.faults = faults;
  }
}

const WORDS = { query: 'Query parameter', path: 'Path parameter', body: 'Body' } as const;
const inWords = ({ in: part, name, detail }: RequestFault): string => `${WORDS[part]} "${name}" ${detail}.`;

const PARTS: Readonly<Record<string, RequestPart>> = { querystring: 'query', params: 'path', body: 'body' };

export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const part = PARTS[httpPart ?? 'body'] ?? 'body';
  const validator = Compile(schema);
  const integers = part === 'query' ? integerNames(schema) : [];
  return (given: unknown) => {
    const value = integers.length > 0 ? withIntegers(given, integers) : given;
    if (validator.Check(value)) return { value };
    return { error: new InvalidRequestError(faultsOf(validator.Errors(value), part)) };
  };
};

const integerNames = (schema: TSchema): readonly string[] => {
  const { properties = {} } = schema as { readonly properties?: Record<string, { readonly type?: string }> };
  return Object.keys(properties).filter((name) => properties[name]?.type === 'integer');
};

function withIntegers(given: unknown, names: readonly string[]): unknown {
  const query = { ...(given as Readonly<Record<string, unknown>>) };
  for (const name of names) {
    const text = query[name];
    if (typeof text === 'string' && /^-?\d{1,15}$/.test(text)) query[name] = Number(text);
  }
  return query;
}
