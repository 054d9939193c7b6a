import type { FastifyInstance } from 'fastify';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { expect } from 'vitest';

/** @returns the body of a good answer, after checking that it is what its schema promises. */
export async function get<S extends TSchema>(
  server: FastifyInstance,
  url: string,
  schema: S,
): Promise<Static<S>> {
  const response = await server.inject(url);
  expect(response.statusCode, response.body).toBe(200);
  const body: unknown = response.json();
  expect([...Compile(schema).Errors(body)]).toEqual([]);
  return body as Static<S>;
}
