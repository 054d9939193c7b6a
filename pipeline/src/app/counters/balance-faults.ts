/** The equations between the rooms (promise 6). */
import { answered, tallied, type IntakeReadings, type StoredCounts } from './stored-counts.ts';

/** @returns each equation that does not hold, in words. */
export const balanceFaults = (
  stored: StoredCounts,
  readings: IntakeReadings | undefined,
): readonly string[] => [...(readings ? intakeFaults(stored, readings) : []), ...roomFaults(stored)];

function intakeFaults(stored: StoredCounts, { early, late, before }: IntakeReadings): readonly string[] {
  const faults: string[] = [];
  if (late.received !== tallied(late) + late.inFlight)
    faults.push(
      `intake received ${late.received}, but answered ${tallied(late)} and has ${late.inFlight} in flight`,
    );
  const here = answered(stored) - before;
  if (here < tallied(early))
    faults.push(`intake answered ${tallied(early)} messages, but only ${here} of them are stored`);
  if (here > late.received + (late.refused ?? 0))
    faults.push(`${here} messages were stored since the start, but intake received only ${late.received}`);
  return faults;
}

function roomFaults({ counter, logged, committed, pending, external }: StoredCounts): readonly string[] {
  const faults: string[] = [];
  const equal = (what: string, expected: number, found: number): void => {
    if (expected !== found) faults.push(`${what}: ${expected} ≠ ${found}`);
  };
  if (external === true)
    faults.push(...lostFaults(counter('intake.stored') + counter('judge.copies'), logged));
  else equal('intake.stored = messages in the log', counter('intake.stored'), logged);
  equal('judge.judged = messages the cursors have passed', counter('judge.judged'), committed);
  if (committed > logged) faults.push(`${committed} messages are judged, but the log holds ${logged}`);
  equal(
    'record.verdicts = infraction + clear + undecided',
    counter('record.verdicts'),
    counter('record.infraction') + counter('record.clear') + counter('record.undecided'),
  );
  equal(
    'holds.infractions = held + pending + unidentified + none',
    counter('holds.infractions'),
    counter('holds.held') + pending + counter('holds.unidentified') + counter('holds.none'),
  );
  return faults;
}

/** A log outside of Postgres may hold what nobody was told of, and copies; never less than was answered. */
const lostFaults = (answeredFor: number, logged: number): readonly string[] =>
  answeredFor <= logged ? [] : [`intake.stored + copies ≤ messages in the log: ${answeredFor} > ${logged}`];
