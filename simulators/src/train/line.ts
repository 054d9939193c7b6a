/** The radio line of a handheld: a way to the broker that can be cut, as in a tunnel. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Line {
  /** Where the handheld connects to. */
  readonly brokerUrl: string;
  readonly set: (open: boolean) => void;
  readonly close: () => Promise<void>;
}

const DEFAULT_PORT = 1883;

/** Only plain MQTT: under TLS the certificate would be checked against this machine's name. */
export const canBeCut = (brokerUrl: string): boolean => new URL(brokerUrl).protocol === 'mqtt:';

export async function openLine(brokerUrl: string): Promise<Line> {
  const { hostname, port } = new URL(brokerUrl);
  const sockets = new Set<Socket>();
  let open = true;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (!open) {
      near.destroy();
      return;
    }
    const far = connect(port === '' ? DEFAULT_PORT : Number(port), hostname.replace(/^\[|\]$/g, ''));
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    brokerUrl: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(now) {
      open = now;
      if (!open) cut();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
