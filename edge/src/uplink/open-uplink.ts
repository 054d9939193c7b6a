/**
 * The way of an edge agent to the house: what `send` has taken is delivered, in order, however often the line, the
 * broker or the agent itself goes down in between. A PUBACK with a success code is the only thing that removes it.
 */
import { randomBytes } from 'node:crypto';
import type { DeviceStatus } from '@wayside/contracts/device-status';
import { topicOf, type Channel } from '@wayside/contracts/topics';
import { pino, type Logger } from 'pino';
import { DEFAULT_BACKOFF } from './backoff.ts';
import { checkedBrokerUrl, type ConnectionOptions } from './connection.ts';
import { Link } from './link.ts';
import { messageBytes, willBytes, type ReadyJson } from './messages.ts';
import type { Outbox } from './outbox.ts';
import { Sender } from './sender.ts';
import type {
  ChannelData,
  SendOptions,
  Sent,
  StopOptions,
  Uplink,
  UplinkOptions,
  UplinkStats,
} from './uplink.ts';
import { UplinkError } from './uplink-error.ts';
import { Waiters } from './waiters.ts';

const DEFAULTS = {
  protocolVersion: 4,
  clock: Date.now,
  window: 16,
  maxWaiting: 200_000,
  maxWaitingBytes: 8 * 2 ** 30,
  whenFull: 'wait',
  backoff: DEFAULT_BACKOFF,
  keepaliveSeconds: 30,
  connectTimeoutMs: 30_000,
  ackTimeoutMs: 120_000,
  random: Math.random,
} as const satisfies Partial<UplinkOptions>;

type Settings = UplinkOptions & Required<Pick<UplinkOptions, keyof typeof DEFAULTS>>;

const MOST_CALLERS = 1024;

/**
 * Stores the birth status and starts to connect; does not wait for the broker.
 * @throws UplinkError `bad-broker-url`, `device-in-use`, `outbox-write-failed`
 */
export async function openUplink(options: UplinkOptions): Promise<Uplink> {
  checkedBrokerUrl(options.brokerUrl);
  const outbox = await options.store.outbox(options.device);
  try {
    const uplink = new DeviceUplink({ ...DEFAULTS, ...options }, outbox);
    await uplink.start();
    return uplink;
  } catch (error) {
    outbox.release();
    throw error;
  }
}

class DeviceUplink implements Uplink {
  readonly bootId: string;
  readonly #settings: Settings;
  readonly #outbox: Outbox;
  readonly #link: Link;
  readonly #sender: Sender;
  readonly #senders = new Waiters(MOST_CALLERS);
  readonly #watchers = new Waiters(MOST_CALLERS);
  #acknowledged = 0;
  #stopping: Promise<{ left: number }> | undefined;

  constructor(settings: Settings, outbox: Outbox) {
    this.bootId = settings.boot?.id ?? newBootId(settings.clock());
    this.#settings = settings;
    this.#outbox = outbox;
    const { device, bootId } = { ...settings, bootId: this.bootId };
    const logger = (settings.logger ?? pino({ level: 'silent' })).child({ device, bootId });
    this.#sender = this.#makeSender(logger);
    this.#link = this.#makeLink(logger);
  }

  get device(): string {
    return this.#settings.device;
  }

  get window(): number {
    return this.#settings.window;
  }

  async start(): Promise<void> {
    if (!this.#settings.boot?.begun) await this.#appendStatus('online');
    this.#link.start();
  }

  async send<C extends keyof ChannelData>(
    channel: C,
    timeMs: number,
    data: ChannelData[C] | ReadyJson,
    { signal, worth = 1 }: SendOptions = {},
  ): Promise<Sent> {
    if (this.#stopping) throw this.#stoppedError();
    const append = () => this.#append(channel, timeMs, data);
    if (this.#settings.whenFull === 'wait') return this.#senders.when(() => this.#hasRoom(), append, signal);
    if (this.#hasRoom()) return append();
    await this.#outbox.noteDropped(worth);
    this.#settings.onStats?.(this.stats());
    return { kind: 'refused', reason: 'full' };
  }

  waitingAtMost(most: number, signal?: AbortSignal): Promise<void> {
    return this.#watchers.when(() => this.#outbox.waiting <= most, nothing, signal);
  }

  drained(signal?: AbortSignal): Promise<void> {
    return this.waitingAtMost(0, signal);
  }

  stats(): UplinkStats {
    return {
      waiting: this.#outbox.waiting,
      inFlight: this.#sender.inFlight,
      acknowledged: this.#acknowledged,
      refused: this.#sender.refused,
      dropped: this.#outbox.dropped,
      connected: this.#link.connected,
    };
  }

  stop(options: StopOptions): Promise<{ left: number }> {
    this.#stopping ??= this.#stop(options);
    return this.#stopping;
  }

  async #stop({ flushTimeoutMs, toBeContinued = false }: StopOptions): Promise<{ left: number }> {
    this.#senders.fail(this.#stoppedError());
    try {
      if (!toBeContinued) await this.#appendStatus('stopping');
      await this.drained(AbortSignal.timeout(flushTimeoutMs)).catch(nothing);
    } finally {
      await this.#link.stop(this.#outbox.waiting === 0);
      await this.#sender.idle();
      this.#watchers.fail(this.#stoppedError());
      this.#outbox.release();
    }
    return { left: this.#outbox.waiting };
  }

  #makeSender(logger: Logger): Sender {
    const { device, window, ackTimeoutMs } = this.#settings;
    return new Sender({
      device,
      outbox: this.#outbox,
      window,
      ackTimeoutMs,
      logger,
      onAcknowledged: () => {
        this.#acknowledged++;
        this.#link.progress();
        this.#changed();
      },
      onFault: (fault) => this.#link.restart(fault),
    });
  }

  #makeLink(logger: Logger): Link {
    const { backoff, random } = this.#settings;
    return new Link(
      { connectionOptions: () => this.#connectionOptions(), backoff, random, logger },
      {
        up: (connection, receiveMaximum) => {
          this.#sender.attach(connection, receiveMaximum);
          this.#changed();
        },
        down: () => {
          this.#sender.detach();
          this.#changed();
        },
      },
    );
  }

  #connectionOptions(): ConnectionOptions {
    const { device, kind, software, clock, credentials, tls, ...settings } = this.#settings;
    const status = { kind, software };
    return {
      ...settings,
      clientId: device,
      will: {
        topic: topicOf(device, 'status'),
        payload: willBytes({ device, bootId: this.bootId, nowMs: clock(), status }),
      },
      ...(credentials && { credentials }),
      ...(tls && { tls }),
    };
  }

  #appendStatus(state: 'online' | 'stopping'): Promise<Sent> {
    const { kind, software, site, clock } = this.#settings;
    const { waiting, dropped } = this.#outbox;
    const data: DeviceStatus = {
      state,
      kind,
      software,
      ...(site && state === 'online' && { site }),
      outbox: { waiting, dropped },
    };
    return this.#append('status', clock(), data);
  }

  async #append(channel: Channel, timeMs: number, data: unknown): Promise<Sent> {
    const { device, clock } = this.#settings;
    const { bootId } = this;
    const { sequence } = await this.#outbox.append(channel, (sequence) =>
      messageBytes({ channel, device, bootId, sequence, timeMs, sentAtMs: clock(), data }),
    );
    this.#sender.kick();
    this.#settings.onStats?.(this.stats());
    return { kind: 'stored', sequence };
  }

  #hasRoom(): boolean {
    const { maxWaiting, maxWaitingBytes } = this.#settings;
    return this.#outbox.waiting < maxWaiting && this.#outbox.waitingBytes < maxWaitingBytes;
  }

  #changed(): void {
    this.#senders.changed();
    this.#watchers.changed();
    this.#settings.onStats?.(this.stats());
  }

  #stoppedError(): UplinkError {
    return new UplinkError('uplink-stopped', `the uplink of ${this.device} has stopped`);
  }
}

const nothing = () => undefined;

/** Sortable by the time of the start, and never the same twice. */
const newBootId = (nowMs: number): string =>
  `b${Math.trunc(nowMs).toString(36)}-${randomBytes(6).toString('base64url')}`;
