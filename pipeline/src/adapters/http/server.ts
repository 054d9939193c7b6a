/** The HTTP API and the page. Made here; it listens elsewhere. */
import { fastifySSE } from '@fastify/sse';
import { fastify, LogController, type FastifyInstance } from 'fastify';
import { createAccess } from './access.ts';
import type { Api } from './api.ts';
import { answerError } from './errors.ts';
import { guardAccess, guardHosts } from './guards.ts';
import { secureHeaders } from './headers.ts';
import { describeApi } from './openapi.ts';
import type { HttpServerOptions } from './options.ts';
import { acceptFiles, limitGuesses } from './limits.ts';
import { servePages } from './pages.ts';
import { createOfficerAccess } from './officer-access.ts';
import { createPortalAccess } from './portal-access.ts';
import { accountRoutes } from './routes/accounts.ts';
import { caseFileRoutes } from './routes/case-file.ts';
import { caseRoutes } from './routes/cases.ts';
import { deadLetterRoutes } from './routes/dead-letters.ts';
import { deviceTrustRoutes } from './routes/device-trust.ts';
import { documentRoutes } from './routes/documents.ts';
import { infractionRoutes } from './routes/infractions.ts';
import { liveRoutes } from './routes/live.ts';
import { noticeRoutes } from './routes/notices.ts';
import { officerRoutes } from './routes/officers.ts';
import { operationRoutes } from './routes/operations.ts';
import { placeRoutes } from './routes/places.ts';
import { portalFileRoutes } from './routes/portal-file.ts';
import { portalRoutes } from './routes/portal.ts';
import { sessionRoutes } from './routes/session.ts';
import { verdictRoutes } from './routes/verdicts.ts';
import { validatorCompiler } from './validation.ts';

const MAX_BODY_BYTES = 16 * 1024;
const HEARTBEAT_MS = 15_000;
/** For a request to arrive whole; an answer may take as long as a page listens. */
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_CONNECTIONS = 1000;

/** @returns a server that does not listen yet. Closing it ends all live streams. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const app: Api = fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    frameworkErrors: answerError,
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (body) => JSON.stringify(body));
  app.setErrorHandler(answerError);
  app.removeContentTypeParser('text/plain');
  const access = options.token === undefined ? undefined : createAccess(options.token, options.clock);
  guardHosts(app, options.hosts ?? []);
  if (access) guardAccess(app, access);
  await secureHeaders(app);
  await describeApi(app, options.version);
  await app.register(fastifySSE, { heartbeatInterval: HEARTBEAT_MS, serializer: asItIs });
  await limitGuesses(app);
  acceptFiles(app);
  registerRoutes(app, options);
  registerOffice(app, options);
  sessionRoutes(app, access);
  await servePages(app, options.staticDir);
  return app;
}

/** The data of an event is JSON already, made once for all clients. */
const asItIs = (data: string): string => data;

function registerRoutes(app: Api, options: HttpServerOptions): void {
  operationRoutes(app, options);
  infractionRoutes(app, options);
  verdictRoutes(app, options);
  accountRoutes(app, options);
  placeRoutes(app, options);
  deadLetterRoutes(app, options);
  documentRoutes(app, options);
  liveRoutes(app, options);
}

/** Officers, letters and the portal: each with a door of its own. */
function registerOffice(app: Api, options: HttpServerOptions): void {
  const { office, clock } = options;
  const access = createOfficerAccess(office.officers, office.sessionKey, clock);
  officerRoutes(app, options, access);
  caseRoutes(app, options, access);
  caseFileRoutes(app, options, access);
  deviceTrustRoutes(app, options, access);
  noticeRoutes(app, options, access);
  const portal = createPortalAccess(office.notices, office.sessionKey);
  portalRoutes(app, options, portal);
  portalFileRoutes(app, options, portal);
}
