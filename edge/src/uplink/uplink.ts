/** What an edge agent can ask of its uplink, and how one is set up. `openUplink` (open-uplink.ts) makes it. */
import type { ConductorReport } from '@wayside/contracts/conductor-report';
import type { DeviceStatus } from '@wayside/contracts/device-status';
import type { ObservationBatch } from '@wayside/contracts/observation-batch';
import type { SignalPhases } from '@wayside/contracts/signal-phases';
import type { Site } from '@wayside/contracts/site';
import type { Logger } from 'pino';
import type { BackoffLimits } from './backoff.ts';
import type { Credentials, Tls } from './connection.ts';
import type { ReadyJson } from './messages.ts';
import type { OutboxStore } from './outbox-store.ts';

export interface UplinkOptions {
  /** Slug; also the MQTT client id, so that a broker can bind the two. */
  readonly device: string;
  readonly kind: DeviceStatus['kind'];
  readonly store: OutboxStore;
  /** mqtt://, mqtts://, ws:// or wss:// */
  readonly brokerUrl: string;
  readonly site?: Site;
  /**
   * For a recording, whose boot is its content: the same id on every run, and only the first run says `online`. Default:
   * a new boot at each start.
   */
  readonly boot?: { readonly id: string; readonly begun: boolean };
  /** Name and version of the agent. */
  readonly software: string;
  readonly credentials?: Credentials;
  readonly tls?: Tls;
  /** 4 (MQTT 3.1.1, the embedded broker) or 5. Take 5 where the broker can: only there a refusal has a code. */
  readonly protocolVersion?: 4 | 5;
  readonly clock?: () => number;
  /** Most messages unanswered at a time. */
  readonly window?: number;
  /** Most messages in the outbox. Default 200,000: over two days of one a second. */
  readonly maxWaiting?: number;
  /** Most bytes in the outbox. Default 8 GiB. */
  readonly maxWaitingBytes?: number;
  /** A full outbox makes `send` wait (recordings), or refuses the newest and counts it (live cameras). */
  readonly whenFull?: 'wait' | 'refuse';
  readonly backoff?: BackoffLimits;
  readonly keepaliveSeconds?: number;
  readonly connectTimeoutMs?: number;
  readonly ackTimeoutMs?: number;
  readonly random?: () => number;
  readonly logger?: Logger;
  /** Called after each change; must be quick. */
  readonly onStats?: (stats: UplinkStats) => void;
}

export interface UplinkStats {
  /** Messages in the outbox, those in flight too. */
  readonly waiting: number;
  readonly inFlight: number;
  /** Acknowledged since the start of this process. */
  readonly acknowledged: number;
  /** Publishes the broker answered with a failure code since the start of this process; the messages are kept. */
  readonly refused: number;
  /** What was refused because the outbox was full, over the life of the device. */
  readonly dropped: number;
  readonly connected: boolean;
}

export type Sent =
  | { readonly kind: 'stored'; readonly sequence: number }
  | { readonly kind: 'refused'; readonly reason: 'full' };

export interface SendOptions {
  readonly signal?: AbortSignal;
  /** What is counted as dropped where the message is refused: the frames in it. Default 1. */
  readonly worth?: number;
}

export interface ChannelData {
  readonly observations: ObservationBatch;
  readonly reports: ConductorReport;
  readonly signals: SignalPhases;
}

export interface StopOptions {
  readonly flushTimeoutMs: number;
  readonly toBeContinued?: boolean;
}

export interface Uplink {
  readonly device: string;
  readonly bootId: string;
  readonly window: number;
  /**
   * Resolves when the message would survive the death of the process, or was refused.
   * @param timeMs the device's clock at the first fact inside
   * @throws UplinkError `uplink-stopped`, `outbox-write-failed`, `too-many-waiting`
   */
  send<C extends keyof ChannelData>(
    channel: C,
    timeMs: number,
    data: ChannelData[C] | ReadyJson,
    options?: SendOptions,
  ): Promise<Sent>;
  /** Resolves when at most `most` messages wait. @throws UplinkError `uplink-stopped` */
  waitingAtMost(most: number, signal?: AbortSignal): Promise<void>;
  /** Resolves when everything is acknowledged. @throws UplinkError `uplink-stopped` */
  drained(signal?: AbortSignal): Promise<void>;
  stats(): UplinkStats;
  /**
   * Says `stopping`, waits for the outbox up to the time given, disconnects. What is left stays stored; the house
   * then hears the last will. Does not close the store.
   * @param options.toBeContinued the boot goes on in another run, so `stopping` is not said
   * @returns how many messages are left
   */
  stop(options: StopOptions): Promise<{ readonly left: number }>;
}
