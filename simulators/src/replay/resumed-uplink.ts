/**
 * An uplink that lets the messages of a boot pass from where the run before broke off. The camera agent gathers the same
 * batches again; those that were stored are not stored twice, and an interrupted run stores no torn batch.
 */
import type { Uplink } from '@wayside/edge/uplink/uplink';

export interface Resumed {
  readonly uplink: Uplink;
  /** Observation messages of the boot so far, the skipped ones too. */
  readonly messages: () => number;
  /** Whether all of the boot is stored, its last word too. */
  readonly complete: () => boolean;
}

/** What an interrupted run leaves in the outbox can wait there. */
const INTERRUPTED_FLUSH_MS = 2000;

/**
 * @param stored how many messages of this boot are stored, birth included.
 * @param signal the run is given up: nothing more is stored.
 */
export function resumedUplink(uplink: Uplink, stored: number, signal: AbortSignal): Resumed {
  let skip = Math.max(0, stored - 1);
  let messages = 0;
  let complete = false;
  let failed = false;
  const resumed: Uplink = {
    device: uplink.device,
    bootId: uplink.bootId,
    window: uplink.window,
    async send(channel, timeMs, data, options) {
      if (signal.aborted) return { kind: 'refused', reason: 'full' };
      messages++;
      if (skip > 0) {
        skip--;
        return { kind: 'stored', sequence: 0 };
      }
      try {
        return await uplink.send(channel, timeMs, data, options);
      } catch (error) {
        failed = true;
        throw error;
      }
    },
    waitingAtMost: (most, until) => uplink.waitingAtMost(most, until),
    drained: (until) => uplink.drained(until),
    stats: () => uplink.stats(),
    async stop(options) {
      if (signal.aborted || failed)
        return uplink.stop({ flushTimeoutMs: INTERRUPTED_FLUSH_MS, toBeContinued: true });
      if (skip > 1) {
        await uplink.stop({ flushTimeoutMs: INTERRUPTED_FLUSH_MS, toBeContinued: true });
        throw new Error(`${uplink.device}: more is stored of boot ${uplink.bootId} than the recording makes`);
      }
      complete = true;
      return uplink.stop({ ...options, toBeContinued: skip === 1 });
    },
  };
  return { uplink: resumed, messages: () => messages, complete: () => complete };
}
