/** An Aedes broker in the test's process that writes down what reaches it, and can be told to misbehave. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { parseMessage, type DeviceMessage } from '@wayside/contracts/messages';
import { parseTopic } from '@wayside/contracts/topics';
import { Aedes, type Client } from 'aedes';

export interface Arrival {
  readonly message: DeviceMessage;
  /** 1 for the first connection of the broker's life, and so on. */
  readonly connection: number;
}

export interface TestBroker {
  readonly url: string;
  readonly port: number;
  /** Everything that arrived, answered or not, last wills too. */
  readonly arrivals: readonly Arrival[];
  readonly connections: number;
  /** Ends all connections without a word. */
  cut(): void;
  close(): Promise<void>;
}

export interface Behaviour {
  readonly port?: number;
  /** Runs before the PUBACK, which waits for it; a rejection drops the connection. */
  readonly onArrival?: (arrival: Arrival) => Promise<void>;
  readonly authenticate?: (username: string | undefined, password: string | undefined) => boolean;
}

/** @throws where a message is not one of the contract */
export async function startBroker(behaviour: Behaviour = {}): Promise<TestBroker> {
  const arrivals: Arrival[] = [];
  const connectionOf = new WeakMap<Client, number>();
  const sockets = new Set<Socket>();
  let connections = 0;

  const aedes = await Aedes.createBroker({
    authenticate(client, username, password, done) {
      connectionOf.set(client, ++connections);
      done(null, behaviour.authenticate?.(username, password?.toString()) ?? true);
    },
    authorizePublish(client, packet, done) {
      const connection = (client && connectionOf.get(client)) ?? 0;
      const arrival = { message: parsed(packet.topic, packet.payload), connection };
      arrivals.push(arrival);
      const answer = behaviour.onArrival?.(arrival) ?? Promise.resolve();
      answer.then(
        () => done(null),
        (error: unknown) => done(error as Error),
      );
    },
  });
  const server = createServer((socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    aedes.handle(socket);
  });
  const port = await listen(server, behaviour.port ?? 0);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };

  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    arrivals,
    get connections() {
      return connections;
    },
    cut,
    async close() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
    },
  };
}

export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
  });
  return (server.address() as AddressInfo).port;
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

function parsed(topic: string, payload: Buffer | string): DeviceMessage {
  const channel = parseTopic(topic)?.channel;
  if (channel === undefined) throw new Error(`${topic} is not a topic of the contract`);
  const result = parseMessage(channel, Buffer.from(payload));
  if (result.kind === 'invalid') throw new Error(`${topic}: ${result.reason} ${result.detail}`);
  return result.message;
}
