/** The books of every room, from one snapshot of the database and intake's own tally. */
import type { Counters } from '@wayside/contracts/http';
import type { Queryable } from '../database.ts';
import { balanceFaults } from './balance-faults.ts';
import {
  answered,
  readStored,
  tallied,
  type IntakeReadings,
  type IntakeTally,
  type StoredCounts,
} from './stored-counts.ts';

export type CounterReader = () => Promise<Counters>;

/**
 * Open it before intake begins: what is stored by then is not this process's.
 * @param tally absent where this process has no intake; what was received is then what was answered for.
 */
export async function openCounters(database: Queryable, tally?: () => IntakeTally): Promise<CounterReader> {
  const before = answered(await readStored(database)) - (tally ? tallied(tally()) : 0);
  return async () => {
    const early = tally?.();
    const stored = await readStored(database);
    const late = tally?.();
    const intake = early && late ? { early, late, before } : undefined;
    return countersOf(stored, intake);
  };
}

export function countersOf(stored: StoredCounts, readings: IntakeReadings | undefined): Counters {
  const { counter } = stored;
  const done = answered(stored);
  const received = readings ? Math.max(done, readings.before + readings.late.received) : done;
  const faults = balanceFaults(stored, readings);
  return {
    intake: {
      received,
      stored: counter('intake.stored'),
      duplicate: counter('intake.duplicate'),
      deadLettered: counter('intake.deadLettered'),
      inFlight: received - done,
    },
    judge: {
      stored: stored.logged,
      judged: counter('judge.judged'),
      waiting: Math.max(0, stored.logged - stored.committed),
      observations: counter('judge.observations'),
      late: counter('judge.late'),
    },
    record: {
      verdicts: counter('record.verdicts'),
      infraction: counter('record.infraction'),
      clear: counter('record.clear'),
      undecided: counter('record.undecided'),
    },
    holds: {
      infractions: counter('holds.infractions'),
      held: counter('holds.held'),
      pending: stored.pending,
      unidentified: counter('holds.unidentified'),
      none: counter('holds.none'),
    },
    balanced: faults.length === 0,
    faults: [...faults],
  };
}
