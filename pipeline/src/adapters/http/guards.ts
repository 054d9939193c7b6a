/** What stands before every route: the name the house was called by, and the token where it has one. */
import type { FastifyRequest } from 'fastify';
import type { Access } from './access.ts';
import type { Api } from './api.ts';
import { send } from './errors.ts';
import { isOwnName } from './host-guard.ts';
import { problem } from './problem.ts';

export function guardHosts(app: Api, hosts: 'any' | readonly string[]): void {
  if (hosts === 'any') return;
  app.addHook('onRequest', (request, reply, done) => {
    if (isOwnName(request.headers.host, hosts)) done();
    else send(reply, problem('wrong-host', WRONG_HOST));
  });
}

const WRONG_HOST =
  'Call this house by a name of loopback, such as http://localhost, or start it with the name it shall answer to.';

export function guardAccess(app: Api, access: Access): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isGuarded(request) || access.mayEnter(request.headers)) {
      done();
      return;
    }
    void reply.header('www-authenticate', 'Bearer realm="wayside"');
    send(reply, problem('unauthorised', NO_TOKEN));
  });
}

const NO_TOKEN = 'Send it as "Authorization: Bearer …", or give it to POST /api/session once for a cookie.';

/** All but the page, the probes, and the door. Asked of the route, so that no spelling of a URL slips past. */
function isGuarded(request: FastifyRequest): boolean {
  const route = request.routeOptions.url ?? request.url;
  return /^\/(api|metrics)(\/|\?|$)/.test(route) && route !== '/api/session' && !OWN_DOOR.test(route);
}

/** Officers and the people concerned have doors of their own, each narrower than the house's token. */
const OWN_DOOR = /^\/api\/(cases|officers|device-trust|notices|standing|portal)(\/|\?|$)/;
