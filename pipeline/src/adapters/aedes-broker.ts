/** The embedded broker: Aedes on a socket of ours. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { Logger } from 'pino';
import type { Intake } from '../app/intake/intake.ts';
import { AedesPost } from './aedes-post.ts';
import { DEFAULT_BROKER_LIMITS, type BrokerLimits } from './broker-limits.ts';

export interface DeviceBrokerOptions {
  readonly intake: Intake;
  readonly logger: Logger;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Asked of every device where given. */
  readonly password?: string | undefined;
  readonly limits?: Partial<BrokerLimits>;
}

export interface DeviceBroker {
  readonly url: string;
  readonly port: number;
  /** Takes no new connection and no new message, answers what was taken, ends the connections. */
  close(): Promise<void>;
}

/** @throws the system's error where the address cannot be had. */
export async function listenForDevices(options: DeviceBrokerOptions): Promise<DeviceBroker> {
  const limits = { ...DEFAULT_BROKER_LIMITS, ...options.limits };
  const post = new AedesPost({ ...options, limits });
  await post.open();
  const server = createServer({ allowHalfOpen: true }, (socket) => post.receive(socket));
  server.maxConnections = limits.connections;
  try {
    const port = await listen(server, options.host, options.port);
    return { url: urlOf(options.host, port), port, close: () => close(server, post) };
  } catch (error) {
    await post.close();
    throw error;
  }
}

const urlOf = (host: string, port: number): string =>
  `mqtt://${host.includes(':') ? `[${host}]` : host}:${port}`;

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function close(server: Server, post: AedesPost): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  await post.close();
  await closed;
}
