/**
 * One MQTT connection, from CONNECT to its end. It never reconnects and never keeps a message over: a new connection
 * is a new client of mqtt.js, so that its in-memory store has nothing to send twice.
 */
import { connect, type IClientOptions, type MqttClient, type Packet } from 'mqtt';
import { UplinkError } from './uplink-error.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** PEM texts. The broker's certificate is always checked; `ca` where the system does not know its authority. */
export interface Tls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface ConnectionOptions {
  readonly brokerUrl: string;
  readonly clientId: string;
  readonly will: { readonly topic: string; readonly payload: Buffer };
  /** 4 is MQTT 3.1.1, which knows no reason codes: there a refused publish can look like an accepted one. */
  readonly protocolVersion: 4 | 5;
  readonly keepaliveSeconds: number;
  readonly connectTimeoutMs: number;
  readonly credentials?: Credentials;
  readonly tls?: Tls;
}

/** Why a connection ended, or a publish came to nothing. */
export interface Fault {
  readonly message: string;
  readonly reasonCode?: number;
}

export interface ConnectionEvents {
  /** @param receiveMaximum how many publishes the broker takes unacknowledged (MQTT 5.0, §3.2.2.3.3) */
  up(receiveMaximum: number): void;
  /** Called once, whatever ended it; nothing follows. */
  down(fault: Fault): void;
}

export interface Connection {
  /** Publishes at QoS 1. `done` is called at most once: without a fault after a PUBACK that says it was taken. */
  publish(topic: string, payload: Buffer, done: (fault?: Fault) => void): void;
  /** Says DISCONNECT, so that the broker forgets the last will; cuts the line where that takes over a second. */
  close(): Promise<void>;
  /** Cuts the line; the broker sends the last will. */
  cut(): void;
}

const CLOSE_TIMEOUT_MS = 1000;
const MAX_RECEIVE_MAXIMUM = 65_535;

/** @throws UplinkError `bad-broker-url` */
export function openConnection(options: ConnectionOptions, events: ConnectionEvents): Connection {
  const client = connect(checkedBrokerUrl(options.brokerUrl), clientOptions(options));
  const unheard = watchUnheard(client);
  let fault: Fault = { message: 'connection closed' };
  let ended = false;

  client.on('connect', ({ properties }) =>
    events.up(Math.min(properties?.receiveMaximum ?? MAX_RECEIVE_MAXIMUM, MAX_RECEIVE_MAXIMUM)),
  );
  client.on(
    'disconnect',
    ({ reasonCode }) => (fault = faultOf({ code: reasonCode, message: 'disconnected' })),
  );
  client.on('error', (error) => (fault = faultOf(error)));
  client.on('close', () => {
    if (ended) return;
    ended = true;
    client.end(true);
    events.down(fault);
  });

  return {
    publish(topic, payload, done) {
      client.publish(topic, payload, { qos: 1 }, (error, packet) =>
        done(error ? faultOf(error) : unheard(packet)),
      );
    },
    close: () => closeOrderly(client),
    cut: () => void client.end(true),
  };
}

const NO_MATCHING_SUBSCRIBERS = 0x10;

/**
 * A broker that has nobody to give a message to throws it away, and calls that a success (MQTT 5.0, §3.4.2.1): as when it
 * has forgotten the house's subscription in a restart, which Mosquitto does with shared ones. mqtt.js tells of the code
 * only as the packet comes.
 */
function watchUnheard(client: MqttClient): (published: Packet | undefined) => Fault | undefined {
  const unheard = new Set<number>();
  client.on('packetreceive', (packet) => {
    if (packet.cmd !== 'puback' || packet.reasonCode !== NO_MATCHING_SUBSCRIBERS) return;
    if (packet.messageId !== undefined) unheard.add(packet.messageId);
  });
  return (published) =>
    published?.messageId !== undefined && unheard.delete(published.messageId)
      ? { message: 'nobody takes messages from the broker', reasonCode: NO_MATCHING_SUBSCRIBERS }
      : undefined;
}

/** @throws UplinkError `bad-broker-url` */
export function checkedBrokerUrl(text: string): string {
  const known = /^(mqtts?|wss?):$/;
  if (!URL.canParse(text) || !known.test(new URL(text).protocol))
    throw new UplinkError('bad-broker-url', `"${text}" is not an mqtt://, mqtts://, ws:// or wss:// address`);
  return text;
}

function clientOptions(options: ConnectionOptions): IClientOptions {
  return {
    clientId: options.clientId,
    clean: true,
    protocolVersion: options.protocolVersion,
    keepalive: options.keepaliveSeconds,
    connectTimeout: options.connectTimeoutMs,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    will: { ...options.will, qos: 1, retain: false },
    ...options.credentials,
    ...options.tls,
  };
}

/** A name with several addresses fails with an error without a message, and a code such as ECONNREFUSED. */
function faultOf({ message, code }: { readonly message: string; readonly code?: unknown }): Fault {
  if (typeof code === 'number') return { message, reasonCode: code };
  return { message: message || (typeof code === 'string' ? code : 'unknown fault') };
}

/** What is in flight is given up first: mqtt.js would wait for it without end. */
async function closeOrderly(client: MqttClient): Promise<void> {
  for (const id of Object.keys(client.outgoing)) client.removeOutgoingMessage(Number(id));
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      client.end(true);
      resolve();
    }, CLOSE_TIMEOUT_MS);
  });
  await Promise.race([client.endAsync(), tooLong]);
  clearTimeout(timer);
}
