/**
 * A house, or the part of one that this process is. Reads from top to bottom as the order of the start; the stop is the
 * reverse: devices are refused first, then what is under way is finished, then the store closes.
 */
import type { Counters } from '@wayside/contracts/http';
import type { EncounterModel } from '../adapters/encounter-model.ts';
import { createInProcessBus } from '../adapters/in-process-bus.ts';
import { openRedisBus } from '../adapters/redis-bus.ts';
import { openCounters } from '../app/counters/read-counters.ts';
import { createHolds } from '../app/holds/holds.ts';
import type { JobQueue } from '../app/job-queue.ts';
import { Lifecycle } from '../app/lifecycle.ts';
import type { StreetBus } from '../app/live-bus.ts';
import { trackOfSchemes } from '../app/points/house.ts';
import type { PointsHouse } from '../app/points/house.ts';
import { keepForgetting } from '../app/retention/retention.ts';
import { ROLES, type Role } from '../server-config.ts';
import { keepCases, openCaseHouse } from './cases.ts';
import { runUntilClosed, type HouseParts, type Rooms } from './house-parts.ts';
import { createHouseIntake, openDoor } from './intake-role.ts';
import { openJudge } from './judge-role.ts';
import { keepLetters, openOffice, type HouseOffice } from './office.ts';
import { keepPoints, openPointsHouse } from './points.ts';
import { openServerStore } from './server-store.ts';
import { openStore, type Store } from './store.ts';
import { openTraces } from './traces.ts';

export interface House {
  readonly roles: ReadonlySet<Role>;
  readonly store: Store;
  readonly bus: StreetBus;
  readonly office: HouseOffice;
  /** Undefined where this process does not judge, or no law asks for a model. */
  readonly model: EncounterModel | undefined;
  /** Where devices connect; undefined where that is not this process's business. */
  readonly brokerUrl: string | undefined;
  readonly dataDir: string;
  readonly counters: () => Promise<Counters>;
  readonly lifecycle: Lifecycle;
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

async function open(parts: HouseParts, lifecycle: Lifecycle): Promise<House> {
  const { config, clock } = parts;
  const roles = new Set<Role>(config.server?.roles ?? ROLES);
  const tracer = await openTraces(parts, lifecycle);
  const rooms: Rooms = { ...parts, lifecycle, tracer, ...(await openGround(parts, lifecycle)) };
  const { store, bus } = rooms;

  let model: EncounterModel | undefined;
  if (roles.has('judge') || roles.has('worker')) {
    const queue = await store.openQueue(parts.logger);
    lifecycle.onClose('queue', () => queue.close());
    if (roles.has('worker')) openWorker(rooms, queue, openPointsHouse(store, clock));
    if (roles.has('judge')) model = await openJudge(rooms, queue);
  }

  const cases = await openCaseHouse(store, config.dataDir, clock);
  const office = await openOffice(cases, config, lifecycle);
  if (roles.has('scheduler')) {
    const { logger } = parts;
    runUntilClosed('letters', lifecycle, (signal) => keepLetters(office, logger, signal));
    runUntilClosed('cases', lifecycle, (signal) => keepCases(cases, logger, signal));
    const points = openPointsHouse(store, clock);
    runUntilClosed('points', lifecycle, (signal) => keepPoints(points, logger, signal));
    openRetention(rooms);
  }

  const intake = roles.has('intake') ? createHouseIntake(rooms) : undefined;
  // Where several intakes work, the tally of one says nothing about the books of the house.
  const tally = store.shared || !intake ? undefined : () => intake.counters();
  const counters = await openCounters(store.database, tally);
  const brokerUrl = intake && (await openDoor(rooms, intake));
  return { roles, store, bus, model, office, brokerUrl, dataDir: config.dataDir, counters, lifecycle };
}

async function openGround(
  { config, logger }: HouseParts,
  lifecycle: Lifecycle,
): Promise<{ readonly store: Store; readonly bus: StreetBus }> {
  const { server, dataDir } = config;
  const store = server
    ? await openServerStore(config, server, lifecycle, logger)
    : await openStore(dataDir, lifecycle);
  if (server?.redisUrl === undefined) return { store, bus: createInProcessBus(logger) };
  const bus = openRedisBus(server.redisUrl, logger);
  lifecycle.onClose('live bus', () => bus.close());
  return { store, bus };
}

function openWorker(rooms: Rooms, queue: JobQueue, points: PointsHouse): void {
  const { store, bus, clock, logger, config, lifecycle, tracer } = rooms;
  const holds = createHolds({
    database: store.database,
    queue,
    profiles: store.profiles,
    trackOf: trackOfSchemes(points.schemes),
    bus,
    ...(tracer && { tracer }),
    clock,
    logger,
    sweepIntervalMs: config.sweepIntervalMs,
  });
  runUntilClosed('holds', lifecycle, (signal) => holds.run(signal));
}

function openRetention({ store, config, clock, logger, lifecycle }: Rooms): void {
  const { retentionHours: hours } = config;
  const { database } = store;
  if (hours !== null)
    runUntilClosed('retention', lifecycle, (signal) =>
      keepForgetting({ database, hours, clock, logger }, signal),
    );
}
