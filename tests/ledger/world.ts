/** The real thing, as far as points go: cases, holds, ledger, scheduler of points, reversals, over a database. */
import { openCases } from '@wayside/pipeline/app/cases/open-cases';
import { runDueCases } from '@wayside/pipeline/app/cases/run-due';
import { transition, type Wanted } from '@wayside/pipeline/app/cases/transition';
import type { Database } from '@wayside/pipeline/app/database';
import { placeDue } from '@wayside/pipeline/app/holds/place-due';
import { runDuePoints } from '@wayside/pipeline/app/points/run-due-points';
import type { PointsHouse } from '@wayside/pipeline/app/points/house';
import { testHouse, type TestHouse } from '@wayside/pipeline/testing/case-house';
import { schemes } from '@wayside/pipeline/testing/points';
import { pino } from 'pino';
import { dyingAt } from '../cases/dying.ts';

const START = '2026-03-02T03:00:00Z';

export interface World {
  readonly database: Database;
  readonly house: TestHouse;
  /** Tells the histories of one database apart. */
  readonly history: number;
  /** The same house on a database that dies at the nth statement of each transaction; alive where undefined. */
  readonly on: (diesAt: number | undefined) => TestHouse & PointsHouse;
  readonly step: (caseId: string, wanted: Wanted, diesAt?: number) => Promise<string>;
  readonly runCases: (diesAt?: number) => Promise<void>;
  readonly runPoints: (diesAt?: number) => Promise<void>;
  readonly openCases: (diesAt?: number) => Promise<void>;
  readonly placeHolds: (diesAt?: number) => Promise<void>;
}

const logger = pino({ level: 'silent' });

export function makeWorld(database: Database, history: number): World {
  const house = testHouse(database, START);
  // Shared by all copies: a copy for a dying process must not keep a clock of its own.
  const on = (diesAt: number | undefined): TestHouse & PointsHouse => ({
    ...house,
    schemes,
    database: diesAt === undefined ? database : dyingAt(database, diesAt).database,
    clock: () => house.nowMs,
  });
  return {
    database,
    house,
    history,
    on,
    step: async (caseId, wanted, diesAt) =>
      (await transition(on(diesAt), caseId, wanted).catch(ignoreCrash)).kind,
    runCases: async (diesAt) => {
      await runDueCases(on(diesAt)).catch(ignoreCrash);
    },
    runPoints: async (diesAt) => {
      const { failed } = await runDuePoints(on(diesAt));
      for (const { error } of failed) ignoreCrash(error);
    },
    openCases: async (diesAt) => {
      await openCases(on(diesAt), { all: true }).catch(ignoreCrash);
    },
    placeHolds: async (diesAt) => {
      await placeDue({
        ...on(diesAt),
        schemes: [...schemes.keys()],
        bus: { publish: () => undefined, subscribe: () => () => undefined },
        latency: { add: () => undefined, summary: () => ({ count: 0, p50: null, p95: null, p99: null }) },
        logger,
        groupSize: 3,
        lanes: 2,
      }).catch(ignoreCrash);
    },
  };
}

/** What dies is what `dyingAt` lets die; anything else is a fault. */
export function ignoreCrash(error: unknown): { readonly kind: 'died' } {
  if (error instanceof Error && error.message === 'crash') return { kind: 'died' };
  throw error;
}
