/** How much, and how often, anybody may send. */
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { MAX_UPLOAD_BYTES } from '../../app/portal/uploads.ts';
import { problem, ProblemError } from './problem.ts';

const MINUTE_MS = 60_000;
const MAX_REMEMBERED = 5_000;

/** For the routes that take a PIN or a token; each reference has a narrower limit of its own besides. */
export const GUESSES = { rateLimit: { max: 30, timeWindow: MINUTE_MS } } as const;

/** @param app routes that want it carry `config: GUESSES`. */
export async function limitGuesses(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    cache: MAX_REMEMBERED,
    errorResponseBuilder: (_, { after }) =>
      new ProblemError(problem('too-often', `Too many attempts from here; try again in ${after}.`)),
  });
}

export const UPLOAD_LIMIT = { bodyLimit: MAX_UPLOAD_BYTES } as const;

/** Files come as they are, one a request. */
export function acceptFiles(app: FastifyInstance): void {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body),
  );
}
