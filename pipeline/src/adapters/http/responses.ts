/** The responses of the OpenAPI document: the body itself, and the problems that any route may answer with. */
import { Problem } from '@wayside/contracts/http';
import type { TSchema } from 'typebox';

const problemBody = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** @param missing what is not there, for routes that answer 404. */
export const answers = (body: TSchema, description: string, missing?: string) => ({
  200: { description, content: { 'application/json': { schema: body } } },
  400: problemBody('A parameter is unknown or wrong; `errors` names it.'),
  401: problemBody('The house has a token, and it was not given.'),
  ...(missing !== undefined && { 404: problemBody(missing) }),
});
