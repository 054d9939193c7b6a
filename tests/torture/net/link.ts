/**
 * A TCP line of ours between a client and a server, that can be cut, held up, slowed down, or cut on one side only. One
 * stands between any two that talk, so that each line fails by itself.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Link {
  readonly name: string;
  readonly port: number;
  /** Cuts every connection (RST); new ones are let in. @returns how many there were. */
  reset(): number;
  /** Cuts the client's side only: the server goes on believing in it for a while. */
  orphan(): number;
  /** Nothing passes, in either direction, and new connections hang. */
  hold(): void;
  release(): void;
  /** Bytes a second from the client; undefined: as they come. */
  throttle(bytesPerSecond: number | undefined): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

interface Flow {
  held: boolean;
  /** Bytes a second from the client. */
  rate: number | undefined;
}

const TICK_MS = 50;
const ORPHAN_FOR_MS = 8_000;

/** @param targets ports on loopback, asked for each connection: the first that takes it has it. */
export async function openLink(name: string, targets: () => readonly number[]): Promise<Link> {
  const pairs = new Set<Pair>();
  const waiting = new Set<Socket>();
  const orphans = new Set<Socket>();
  const flow: Flow = { held: false, rate: undefined };
  let turn = 0;

  const join = (client: Socket): void => {
    const ports = targets();
    const from = turn++;
    dial(
      client,
      ports.map((_, index) => ports[(from + index) % ports.length] ?? 0),
      (server) => {
        const pair = { client, server };
        pairs.add(pair);
        wire(pair, flow, () => pairs.delete(pair));
        if (flow.held) pause(pair);
      },
    );
  };
  const server: Server = createServer({ pauseOnConnect: true, noDelay: true }, (client) => {
    client.on('error', () => client.destroy());
    if (flow.held) {
      waiting.add(client);
      client.once('close', () => waiting.delete(client));
    } else join(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (how: (pair: Pair) => void): number => {
    const count = pairs.size;
    for (const pair of [...pairs]) how(pair);
    pairs.clear();
    return count;
  };
  return {
    name,
    port: (server.address() as AddressInfo).port,
    reset: () =>
      cut(({ client, server: to }) => {
        client.resetAndDestroy();
        to.resetAndDestroy();
      }),
    orphan: () =>
      cut(({ client, server: to }) => {
        client.removeAllListeners('close').resetAndDestroy();
        orphans.add(to);
        to.resume();
        setTimeout(() => orphans.delete(to.destroy()), ORPHAN_FOR_MS).unref();
      }),
    hold: () => {
      flow.held = true;
      for (const pair of pairs) pause(pair);
    },
    release: () => {
      flow.held = false;
      for (const { client, server: to } of pairs) {
        client.resume();
        to.resume();
      }
      for (const client of waiting) join(client);
      waiting.clear();
    },
    throttle: (bytesPerSecond) => (flow.rate = bytesPerSecond),
    close: async () => {
      for (const socket of [...waiting, ...orphans]) socket.destroy();
      cut(({ client, server: to }) => {
        client.destroy();
        to.destroy();
      });
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Tries one port after the other; where none takes it the client is turned away. */
function dial(client: Socket, [port, ...others]: readonly number[], onOpen: (server: Socket) => void): void {
  if (port === undefined) {
    client.resetAndDestroy();
    return;
  }
  const server = connect({ port, host: '127.0.0.1', noDelay: true });
  const failed = (): void => {
    server.destroy();
    dial(client, others, onOpen);
  };
  server.once('error', failed);
  server.once('connect', () => {
    server.off('error', failed);
    if (client.destroyed) server.destroy();
    else onOpen(server);
  });
}

function wire({ client, server }: Pair, flow: Flow, onEnd: () => void): void {
  pass(client, server, flow, () => flow.rate);
  pass(server, client, flow, () => undefined);
  const end = (): void => {
    client.destroy();
    server.destroy();
    onEnd();
  };
  for (const socket of [client, server]) {
    socket.on('error', () => socket.destroy());
    socket.on('close', end);
  }
  client.resume();
}

/** What one sends the other gets; the reading waits for the writing. */
function pass(from: Socket, to: Socket, flow: Flow, rate: () => number | undefined): void {
  const goOn = (): void => {
    if (!flow.held) from.resume();
  };
  from.on('data', (chunk: Buffer) => {
    const bytesPerSecond = rate();
    const flushed = to.write(chunk);
    if (bytesPerSecond !== undefined) {
      from.pause();
      setTimeout(goOn, Math.max(TICK_MS, (chunk.length / bytesPerSecond) * 1000));
    } else if (!flushed) {
      from.pause();
      to.once('drain', goOn);
    }
  });
  from.on('end', () => to.end());
}

function pause({ client, server }: Pair): void {
  client.pause();
  server.pause();
}
