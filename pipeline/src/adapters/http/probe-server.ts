/** What a process without pages answers: is it alive, is it ready, how is it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry, collectDefaultMetrics } from 'prom-client';
import type { ReadinessChecks } from './options.ts';

export interface ProbeOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly version: string;
  readonly roles: readonly string[];
  readonly readiness: () => Promise<ReadinessChecks>;
}

export interface ProbeServer {
  readonly url: string;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 100;

/** @throws the system's error where the address cannot be had. */
export async function listenForProbes(options: ProbeOptions): Promise<ProbeServer> {
  const registry = new Registry();
  registry.setDefaultLabels({ role: options.roles.join('+') });
  collectDefaultMetrics({ register: registry });
  const server = createServer((request, response) => {
    void answer(request.url ?? '', options, registry).then(({ status, type, body }) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
    );
  });
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listen(server, options);
  return {
    url: `http://${options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        registry.clear();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const JSON_TYPE = 'application/json';

async function answer(path: string, options: ProbeOptions, registry: Registry): Promise<Answer> {
  switch (path) {
    case '/health': {
      const body = { status: 'ok', version: options.version, uptimeSeconds: process.uptime() };
      return { status: 200, type: JSON_TYPE, body: JSON.stringify(body) };
    }
    case '/ready': {
      const checks = await options
        .readiness()
        .catch((error: unknown) => [{ name: 'checks', ok: false, detail: (error as Error).message }]);
      const ready = checks.every(({ ok }) => ok);
      return { status: ready ? 200 : 503, type: JSON_TYPE, body: JSON.stringify({ ready, checks }) };
    }
    case '/metrics':
      return { status: 200, type: registry.contentType, body: await registry.metrics() };
    default:
      return { status: 404, type: 'text/plain', body: 'there are /health, /ready and /metrics' };
  }
}

function listen(server: Server, { host, port }: ProbeOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
