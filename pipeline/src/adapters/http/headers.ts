/** What a browser is told about every answer. */
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Everything from this house alone. Mantine writes style elements; maps run a worker made from a blob. */
const DIRECTIVES = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

export async function secureHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: DIRECTIVES },
    // On loopback there is no TLS; where there is, the proxy that speaks it says this.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (!isPage(request.url)) void reply.header('cache-control', 'no-store');
    done();
  });
}

const isPage = (url: string): boolean => !/^\/(api|health|ready|metrics)(\/|\?|$)/.test(url);
