/**
 * Gathers what a signal controller tells to pieces of record. A piece covers its span whole: between two things told nothing
 * changed, so each line covers the time up to its own. Where the clock was set, or nothing was told for long, the record
 * breaks off and begins anew: a gap says less than a guess.
 */
import { MAX_SPAN_MS, type SignalPhases, type SignalState } from '@wayside/contracts/signal-phases';

/** A group changed to a state; without either: nothing changed up to this moment. */
export interface SignalChange {
  readonly timeMs: number;
  readonly group?: string;
  readonly state?: SignalState;
}

export type GatheredPhases = Pick<SignalPhases, 'span' | 'groups'>;

/** change-too-late: it falls into a time that was told already. */
export type ChangeFault = 'change-too-late' | 'change-time-bad';

export interface Gathered {
  readonly pieces: readonly GatheredPhases[];
  readonly fault?: ChangeFault;
}

export interface PhaseGatherer {
  add(change: SignalChange): Gathered;
  /** Ends the piece being gathered. */
  flush(): GatheredPhases | undefined;
}

const CLOCK_STEP_MS = 5_000;
/** Longer without a word, and the controller was off. */
const LONGEST_SILENCE_MS = 600_000;
const MAX_EPOCH_MS = 8_640_000_000_000_000;
/** Changes of a group in one piece; the contract allows more. */
const MOST_CHANGES = 500;

/** @param spanMs how long a piece is at least, where something is told so often; at most a minute. */
export function createPhaseGatherer({ spanMs }: { readonly spanMs: number }): PhaseGatherer {
  if (!(spanMs > 0 && spanMs <= MAX_SPAN_MS))
    throw new RangeError('spanMs must be above 0 and at most 60,000');
  let record = emptyRecord();
  return {
    add(change) {
      const timeMs = Math.round(change.timeMs);
      if (!(timeMs >= 0 && timeMs <= MAX_EPOCH_MS)) return { pieces: [], fault: 'change-time-bad' };
      if (isBroken(record, timeMs)) {
        const last = finish(record, record.toMs);
        record = emptyRecord();
        begin(record, timeMs);
        note(record, timeMs, change);
        return { pieces: last };
      }
      if (record.fromMs < 0 && change.group !== undefined) begin(record, timeMs);
      if (record.fromMs < 0) return { pieces: [] };
      if (timeMs < record.toMs)
        return change.group === undefined ? { pieces: [] } : { pieces: [], fault: 'change-too-late' };
      const pieces = isFull(record, timeMs, spanMs) ? finish(record, timeMs) : [];
      record.toMs = timeMs;
      note(record, timeMs, change);
      return { pieces };
    },
    flush: () => finish(record, record.toMs).at(-1),
  };
}

interface Told {
  /** Below 0: nothing was told yet. */
  fromMs: number;
  toMs: number;
  readonly groups: Map<string, { readonly dtMs: number[]; readonly state: SignalState[] }>;
}

const emptyRecord = (): Told => ({ fromMs: -1, toMs: -1, groups: new Map() });

function begin(record: Told, timeMs: number): void {
  record.fromMs = timeMs;
  record.toMs = timeMs;
}

const isBroken = ({ fromMs, toMs }: Told, timeMs: number): boolean =>
  fromMs >= 0 && (timeMs < toMs - CLOCK_STEP_MS || timeMs > toMs + LONGEST_SILENCE_MS);

function isFull({ fromMs, groups }: Told, timeMs: number, spanMs: number): boolean {
  if (timeMs - fromMs >= spanMs) return true;
  return [...groups.values()].some(({ dtMs }) => dtMs.length >= MOST_CHANGES) && timeMs > fromMs;
}

function note(record: Told, timeMs: number, { group, state }: SignalChange): void {
  if (group === undefined || state === undefined) return;
  const known = record.groups.get(group) ?? { dtMs: [], state: [] };
  record.groups.set(group, known);
  const dt = timeMs - record.fromMs;
  if (known.dtMs.at(-1) === dt) known.state[known.state.length - 1] = state;
  else if (known.state.at(-1) !== state) {
    known.dtMs.push(dt);
    known.state.push(state);
  }
}

/** Ends the record at `toMs`; what was shown then is shown at the beginning of the next. @returns pieces of a minute at most. */
function finish(record: Told, toMs: number): readonly GatheredPhases[] {
  const pieces: GatheredPhases[] = [];
  while (record.fromMs >= 0 && record.fromMs < toMs) {
    const endMs = Math.min(toMs, record.fromMs + MAX_SPAN_MS);
    pieces.push(pieceUntil(record, endMs));
    carryOver(record, endMs);
  }
  return pieces;
}

function pieceUntil({ fromMs, groups }: Told, endMs: number): GatheredPhases {
  const dtMs = endMs - fromMs;
  return {
    span: { startMs: fromMs, dtMs },
    groups: [...groups].flatMap(([group, told]) => {
      const count = told.dtMs.findLastIndex((dt) => dt < dtMs) + 1;
      return count === 0
        ? []
        : [{ group, dtMs: told.dtMs.slice(0, count), state: told.state.slice(0, count) }];
    }),
  };
}

function carryOver(record: Told, endMs: number): void {
  const moved = endMs - record.fromMs;
  for (const told of record.groups.values()) {
    const last = told.dtMs.findLastIndex((dt) => dt <= moved);
    const dtMs = told.dtMs.slice(Math.max(0, last)).map((dt) => Math.max(0, dt - moved));
    told.state.splice(0, Math.max(0, last));
    told.dtMs.splice(0, told.dtMs.length, ...dtMs);
  }
  record.fromMs = endMs;
  record.toMs = Math.max(record.toMs, endMs);
}
