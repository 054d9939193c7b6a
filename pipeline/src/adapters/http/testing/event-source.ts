/** A client of server-sent events over a real socket, as slow as a test wants it. */
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

export interface ReceivedEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: unknown;
}

export interface TestEventSource {
  readonly response: IncomingMessage;
  readonly received: readonly ReceivedEvent[];
  /** Resolves with all received so far, once there are `count`. */
  readonly until: (count: number) => Promise<readonly ReceivedEvent[]>;
  /** Resolves once the server ended the stream, or the client did. */
  readonly closed: Promise<void>;
  readonly close: () => void;
}

export async function listenOnLoopback(server: FastifyInstance): Promise<number> {
  await server.listen({ host: '127.0.0.1', port: 0 });
  return (server.server.address() as AddressInfo).port;
}

export async function openEventSource(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<TestEventSource> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { accept: 'text/event-stream', ...headers } }, resolve)
      .on('error', reject)
      .end();
  });
  const received: ReceivedEvent[] = [];
  const waiting: { readonly count: number; readonly resolve: (events: readonly ReceivedEvent[]) => void }[] =
    [];
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    received.push(...blocks.map(parseEvent).filter((event) => event !== undefined));
    for (const { count, resolve } of waiting) if (received.length >= count) resolve([...received]);
  });
  const closed = new Promise<void>((resolve) => {
    response.on('close', resolve);
    response.on('error', () => undefined);
  });
  return {
    response,
    received,
    until: (count) =>
      received.length >= count
        ? Promise.resolve([...received])
        : new Promise((resolve) => waiting.push({ count, resolve })),
    closed,
    close: () => response.destroy(),
  };
}

function parseEvent(block: string): ReceivedEvent | undefined {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const event = fields.get('event');
  return event === undefined
    ? undefined
    : { id: fields.get('id'), event, data: JSON.parse(fields.get('data') ?? 'null') };
}
