/** The signal agent: what a controller changes in, pieces of the record of its phases out through the uplink. */
import { contentHash } from '@wayside/contracts/canonical';
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import { IDLE, withIdle } from '../camera/with-idle.ts';
import {
  createPhaseGatherer,
  type ChangeFault,
  type GatheredPhases,
  type PhaseGatherer,
} from '../domain/phase-gatherer.ts';
import { UplinkError } from '../uplink/uplink-error.ts';
import type { Uplink } from '../uplink/uplink.ts';
import type { ChangeSource, SignalChange } from './change-source.ts';

export interface SignalOptions {
  readonly uplink: Uplink;
  readonly source: ChangeSource;
  /**
   * Whether the wall clock covers time while nothing is told: as long as the controller is connected, no word is no change.
   * Else only what is told covers time, as in a recording.
   */
  readonly live: boolean;
  /** How long a piece is, in ms. */
  readonly spanMs?: number;
  /** Live: a change told so late still falls into time that is not told yet. */
  readonly settleMs?: number;
  readonly clock?: () => number;
  /** What the device knows of its clock, asked for each piece. Default: unsynchronised. */
  readonly clockStatus?: () => ClockStatus;
  readonly signal?: AbortSignal;
  readonly flushTimeoutMs?: number;
}

export interface SignalResult {
  readonly changes: number;
  readonly pieces: number;
  /** Pieces that were not stored, because the outbox was full. */
  readonly dropped: number;
  readonly faults: Readonly<Partial<Record<ChangeFault, number>>>;
  /** Messages not acknowledged when it ended; they wait in the outbox for the next start. */
  readonly left: number;
}

const SPAN_MS = 1000;
const SETTLE_MS = 1000;
const FLUSH_TIMEOUT_MS = 30_000;
const UNSYNCHRONISED: ClockStatus = { state: 'unsynchronised' };

/**
 * Runs until the source ends or the signal aborts, then stops the uplink.
 * @throws what the source throws; UplinkError
 */
export async function runSignal(options: SignalOptions): Promise<SignalResult> {
  const run = new SignalRun(options);
  let stopped: { readonly left: number };
  try {
    await run.gather();
  } finally {
    stopped = await run.finish();
  }
  return { ...run.count, faults: { ...run.faults }, ...stopped };
}

class SignalRun {
  readonly count = { changes: 0, pieces: 0, dropped: 0 };
  readonly faults: Partial<Record<ChangeFault, number>> = {};
  readonly #options: SignalOptions;
  readonly #gatherer: PhaseGatherer;
  readonly #site: { readonly id: string; readonly version: string };

  constructor(options: SignalOptions) {
    const { source, spanMs = SPAN_MS } = options;
    this.#options = options;
    this.#gatherer = createPhaseGatherer({ spanMs });
    this.#site = { id: source.site.id, version: contentHash(source.site) };
  }

  async gather(): Promise<void> {
    const { source, live, spanMs = SPAN_MS, signal = new AbortController().signal } = this.#options;
    const changes = source.changes(signal);
    try {
      for await (const change of live ? withIdle(changes, spanMs / 2) : changes) {
        if (signal.aborted) return;
        await this.#take(change === IDLE ? this.#nothingChanged() : change);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  #nothingChanged(): SignalChange {
    const { settleMs = SETTLE_MS, clock = Date.now } = this.#options;
    return { timeMs: clock() - settleMs };
  }

  async #take(told: SignalChange): Promise<void> {
    const { pieces, fault } = this.#gatherer.add(told);
    if (told.group !== undefined) this.count.changes++;
    if (fault) this.faults[fault] = (this.faults[fault] ?? 0) + 1;
    for (const piece of pieces) await this.#store(piece);
  }

  async finish(): Promise<{ readonly left: number }> {
    const { uplink, flushTimeoutMs = FLUSH_TIMEOUT_MS } = this.#options;
    const last = this.#gatherer.flush();
    if (last) await this.#store(last);
    return uplink.stop({ flushTimeoutMs });
  }

  async #store(piece: GatheredPhases): Promise<void> {
    const {
      uplink,
      signal,
      clockStatus = () => UNSYNCHRONISED,
      flushTimeoutMs = FLUSH_TIMEOUT_MS,
    } = this.#options;
    const patience = signal?.aborted ? AbortSignal.timeout(flushTimeoutMs) : signal;
    const data = { site: this.#site, clock: clockStatus(), ...piece };
    try {
      const sent = await uplink.send('signals', piece.span.startMs, data, patience && { signal: patience });
      this.count[sent.kind === 'stored' ? 'pieces' : 'dropped']++;
    } catch (error) {
      if (!signal?.aborted || error instanceof UplinkError) throw error;
      this.count.dropped++;
    }
  }
}
