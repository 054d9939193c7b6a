/** Every error leaves as problem details; what is the house's own fault is logged and told without its inside. */
import type { Problem } from '@wayside/contracts/http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problem, PROBLEM_TYPE, ProblemError } from './problem.ts';
import { InvalidRequestError } from './validation.ts';

export function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const body = problemOf(error, request);
  if (body.status >= 500) request.log.error({ err: error, path: request.routeOptions.url }, 'request failed');
  send(reply, body);
}

export function send(reply: FastifyReply, body: Problem): void {
  void reply.code(body.status).header('cache-control', 'no-store').type(PROBLEM_TYPE).send(body);
}

function problemOf(error: FastifyError | Error, request: FastifyRequest): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof InvalidRequestError) return problem('invalid-request', error.message, error.faults);
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status >= 400 && status < 500) return { ...problem('invalid-request', error.message), status };
  return problem(
    'internal',
    `The cause is in the log of the house under request "${request.id}". Try again later.`,
  );
}
