/** As much of an MQTT 5 broker as the uplink needs: CONNACK with properties, PUBACK with reason codes, DISCONNECT. */
import { createServer, type Socket } from 'node:net';
import { generate, parser, type IConnackPacket, type Packet } from 'mqtt-packet';
import { listen } from './broker.ts';

export interface Mqtt5Behaviour {
  readonly connack?: Partial<IConnackPacket>;
  /** Reason code of the PUBACK for the n-th publish from 0; 'silent' gives none, 'disconnect' ends the session. */
  readonly answer?: (n: number) => number | 'silent' | 'disconnect';
}

export interface Mqtt5Broker {
  readonly url: string;
  /** Sequence numbers as they arrived. */
  readonly published: readonly number[];
  readonly connections: number;
  /** Connections that ended with DISCONNECT from the device. */
  readonly goodbyes: number;
  close(): Promise<void>;
}

const MQTT_5 = { protocolVersion: 5 } as const;
const SESSION_TAKEN_OVER = 0x8e;

export async function startMqtt5Broker(behaviour: Mqtt5Behaviour = {}): Promise<Mqtt5Broker> {
  const sockets = new Set<Socket>();
  const published: number[] = [];
  let connections = 0;
  let goodbyes = 0;

  const connack = (): Packet => {
    connections++;
    return { cmd: 'connack', reasonCode: 0, sessionPresent: false, ...behaviour.connack };
  };
  const answer = (messageId: number | undefined): Packet | undefined => {
    const code = behaviour.answer?.(published.length - 1) ?? 0;
    if (code === 'silent' || messageId === undefined) return undefined;
    if (code === 'disconnect') return { cmd: 'disconnect', reasonCode: SESSION_TAKEN_OVER };
    return { cmd: 'puback', messageId, reasonCode: code };
  };
  const reply = (packet: Packet): Packet | undefined => {
    if (packet.cmd === 'connect') return connack();
    if (packet.cmd === 'disconnect') goodbyes++;
    if (packet.cmd !== 'publish') return undefined;
    published.push((JSON.parse(packet.payload.toString()) as { sequence: number }).sequence);
    return answer(packet.messageId);
  };

  const server = createServer((socket) => {
    const packets = parser(MQTT_5);
    sockets.add(socket.once('close', () => sockets.delete(socket)).on('error', () => undefined));
    packets.on('packet', (packet) => {
      const answered = reply(packet);
      if (answered) socket.write(generate(answered, MQTT_5));
      if (answered?.cmd === 'disconnect') socket.end();
    });
    socket.on('data', (chunk) => void packets.parse(chunk));
  });
  const port = await listen(server, 0);

  return {
    url: `mqtt://127.0.0.1:${port}`,
    published,
    get connections() {
      return connections;
    },
    get goodbyes() {
      return goodbyes;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
