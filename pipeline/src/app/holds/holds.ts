/** The room between record and ledger: a worker that looks when woken, and a sweeper that looks anyway. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { JobQueue } from '../job-queue.ts';
import type { TrackOf } from '../ledger/charges.ts';
import type { LiveBus } from '../live-bus.ts';
import type { Tracer } from '../trace.ts';
import { folded } from './folded.ts';
import { createLatencyRecorder, type LatencySummary } from './latency.ts';
import { placeDue } from './place-due.ts';
import { runSweeper } from './sweeper.ts';

export interface HoldsParts {
  readonly database: Database;
  readonly queue: JobQueue;
  /** Law profiles of this house; holds of a scheme that is not among them wait. */
  readonly profiles: readonly LawProfile[];
  /** What novices and single occasions cost; absent: as the profiles price them. */
  readonly trackOf?: TrackOf;
  readonly bus: LiveBus;
  /** Told of each hold after the commit. */
  readonly tracer?: Tracer;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sweepIntervalMs: number;
  /** Groups of holds placed side by side; 1 where absent. */
  readonly lanes?: number;
}

export interface Holds {
  /** Starts worker and sweeper; resolves once both have ended after the signal. The queue is closed by its owner. */
  run(signal: AbortSignal): Promise<void>;
  /** Places what is due now. @returns how many. */
  placeNow(): Promise<number>;
  latency(): LatencySummary;
  /** Holds that the sweeper had to find since the start. */
  swept(): number;
}

export function createHolds({ queue, profiles, sweepIntervalMs, ...rest }: HoldsParts): Holds {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const latency = createLatencyRecorder();
  const schemes = [...byId.keys()];
  const parts = { ...rest, schemes, latency, profileOf: (scheme: string) => byId.get(scheme) };
  const placeNow = folded(() => placeDue(parts));
  let swept = 0;

  const sweep = async (olderThanMs: number): Promise<number> => {
    const found = await placeDue(parts, olderThanMs);
    swept += found;
    return found;
  };
  return {
    run: async (signal) => {
      const sweeping = runSweeper({ sweep, intervalMs: sweepIntervalMs, logger: rest.logger }, signal);
      await queue.work(async () => {
        if (!signal.aborted) await placeNow();
      });
      await sweeping;
    },
    placeNow,
    latency: () => latency.summary(),
    swept: () => swept,
  };
}
