/**
 * The embedded house: broker, intake, log, judge, record, ledger in one process. Reads from top to bottom as the order
 * of the start; the stop is the reverse: devices are refused first, then what is under way is finished, then the store
 * closes.
 */
import type { Counters } from '@wayside/contracts/http';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Logger } from 'pino';
import { listenForDevices } from '../adapters/aedes-broker.ts';
import { openPostgresQueue } from '../adapters/bullmq-queue.ts';
import { createInProcessBus } from '../adapters/in-process-bus.ts';
import { pgPoolLike } from '../adapters/pglite-pool.ts';
import { openCounters } from '../app/counters/read-counters.ts';
import type { Clock } from '../app/clock.ts';
import type { CaseHouse } from '../app/cases/house.ts';
import { createHolds, type Holds } from '../app/holds/holds.ts';
import { createWaker } from '../app/holds/waker.ts';
import { createIntake, type Intake } from '../app/intake/intake.ts';
import { keepJudging } from '../app/judging/keep-judging.ts';
import { createSiteContext } from '../app/judging/site-context.ts';
import { Lifecycle } from '../app/lifecycle.ts';
import type { LiveBus } from '../app/live-bus.ts';
import { createRecorder } from '../app/record/recorder.ts';
import type { HouseConfig } from '../config.ts';
import { keepForgetting } from '../app/retention/retention.ts';
import { keepCases, openCaseHouse } from './cases.ts';
import { trackOfSchemes } from '../app/points/house.ts';
import { keepPoints, openPointsHouse } from './points.ts';
import { openStore, type Store } from './store.ts';

export interface House {
  readonly store: Store;
  readonly bus: LiveBus;
  readonly intake: Intake;
  readonly holds: Holds;
  readonly cases: CaseHouse;
  readonly brokerUrl: string;
  readonly dataDir: string;
  readonly counters: () => Promise<Counters>;
  readonly lifecycle: Lifecycle;
}

export interface HouseParts {
  readonly config: HouseConfig;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** @throws StoreError, or the system's error where a port is taken; what was opened before is closed again. */
export async function openHouse(parts: HouseParts): Promise<House> {
  const lifecycle = new Lifecycle();
  try {
    return await open(parts, lifecycle);
  } catch (error) {
    await lifecycle.close(5_000).catch(() => undefined);
    throw error;
  }
}

async function open({ config, logger, clock }: HouseParts, lifecycle: Lifecycle): Promise<House> {
  const store = await openStore(config.dataDir, lifecycle);
  const { database, log, signer, profiles } = store;
  const bus = createInProcessBus(logger);

  const queue = await openPostgresQueue(pgPoolLike(database), logger);
  lifecycle.onClose('queue', () => queue.close());
  const points = openPointsHouse(store, clock);
  const holds = createHolds({
    database,
    queue,
    profiles,
    trackOf: trackOfSchemes(points.schemes),
    bus,
    clock,
    logger,
    sweepIntervalMs: config.sweepIntervalMs,
  });
  runUntilClosed('holds', lifecycle, (signal) => holds.run(signal));

  const waker = createWaker(queue, logger);
  const judge = {
    log,
    database,
    record: createRecorder(signer, clock),
    context: createSiteContext(database, profileChooser(profiles, config.profile)),
    bus,
    wake: () => waker.wake(),
    clock,
    logger,
  };
  lifecycle.onClose('wake-ups', () => waker.settled());
  runUntilClosed('judge', lifecycle, (signal) => keepJudging(judge, signal));

  const cases = await openCaseHouse(store, config.dataDir, clock);
  runUntilClosed('cases', lifecycle, (signal) => keepCases(cases, logger, signal));
  runUntilClosed('points', lifecycle, (signal) => keepPoints(points, logger, signal));

  const { retentionHours: hours } = config;
  if (hours !== null)
    runUntilClosed('retention', lifecycle, (signal) =>
      keepForgetting({ database, hours, clock, logger }, signal),
    );

  const intake = createIntake({ log, jurisdictions: new Set(profiles.map(({ id }) => id)), clock, logger });
  const counters = await openCounters(database, () => intake.counters());
  lifecycle.onClose('intake', () => intake.close());
  const broker = await listenForDevices({ intake, logger, ...config.mqtt, password: config.devicePassword });
  lifecycle.onClose('broker', () => broker.close());
  return {
    store,
    bus,
    intake,
    holds,
    cases,
    brokerUrl: broker.url,
    dataDir: config.dataDir,
    counters,
    lifecycle,
  };
}

function runUntilClosed(
  name: string,
  lifecycle: Lifecycle,
  run: (signal: AbortSignal) => Promise<void>,
): void {
  const stopping = new AbortController();
  const ended = run(stopping.signal);
  lifecycle.onClose(name, async () => {
    stopping.abort();
    await ended;
  });
}

/** A site's own jurisdiction decides; one that names none has the house's default. Intake turned unknown ones away. */
function profileChooser(
  profiles: readonly LawProfile[],
  defaultId: string,
): (jurisdiction: string | undefined) => LawProfile {
  const fallback = profiles.find((profile) => profile.id === defaultId);
  if (!fallback)
    throw new Error(
      `there is no law profile "${defaultId}"; there are: ${profiles.map((profile) => profile.id).join(', ')}`,
    );
  return (jurisdiction) => profiles.find((profile) => profile.id === jurisdiction) ?? fallback;
}
