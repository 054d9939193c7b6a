/**
 * The event log: messages in the order they were stored, per partition. Offsets are dense and start at 1.
 * A site's messages (a device's, where it has no site) are always in one partition.
 */
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { SiteRef } from '@wayside/contracts/site';

/** A valid message as intake hands it over. `payload` is the text that came; `message` is that text, parsed. */
export interface IncomingMessage {
  readonly message: DeviceMessage;
  readonly payload: string;
  readonly receivedAtMs: number;
}

/** What was rejected, kept whole up to a bound, with the reason. */
export interface DeadLetter {
  readonly topic: string;
  readonly client: string;
  readonly reason: string;
  readonly detail: string;
  readonly payload: Uint8Array;
  /** Length of the whole payload where `payload` is only its beginning. */
  readonly bytes: number;
  readonly receivedAtMs: number;
}

export type AppendOutcome = 'stored' | 'duplicate';

export interface LogWriter {
  /**
   * Resolves once all are durable, in the order given; one outcome a message. Where it rejects none may be answered:
   * sent again they are stored, or known as duplicates.
   */
  append(messages: readonly IncomingMessage[]): Promise<readonly AppendOutcome[]>;
  /** Keeps rejected messages; resolves once durable. */
  reject(letters: readonly DeadLetter[]): Promise<void>;
  /** The devices that may speak for a version of a site; undefined where no birth ever carried it. */
  siteDevices(site: SiteRef): Promise<readonly string[] | undefined>;
  /** The highest sequence of each device that is durable; a device that was never heard is not in it. */
  lastSequences(devices: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export interface LoggedMessage {
  readonly partition: number;
  readonly offset: number;
  readonly receivedAtMs: number;
  readonly message: DeviceMessage;
}

export interface LogReader {
  readonly partitions: readonly number[];
  /**
   * Up to `limit` messages from `fromOffset` on, in order of offset; empty at the end of the log, or where they are not
   * at hand yet: then `changed` tells when they are.
   */
  read(partition: number, fromOffset: number, limit: number): Promise<readonly LoggedMessage[]>;
  /** The offset of the newest message; 0 where the partition is empty. */
  head(partition: number): Promise<number>;
  /** Resolves when something may have been appended since the last call, after `timeoutMs`, or when aborted. */
  changed(timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** Who read this partition reads it no more; what was kept at hand for it is let go. */
  leave(partition: number): void;
}
