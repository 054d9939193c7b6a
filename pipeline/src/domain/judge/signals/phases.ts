/** What a signal group showed over a window of event time: states one after another, `unknown` where nobody said. */
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { SignalRecord, SignalState } from '@wayside/contracts/signal-phases';
import { worseClock } from '../read-window.ts';
import type { SignalHistory, SignalPiece } from './signal-history.ts';

export interface Phase {
  readonly fromMs: number;
  readonly toMs: number;
  readonly state: SignalState | 'unknown';
}

export interface Phases {
  /** One after another over the whole window, neighbours of different states. */
  readonly list: readonly Phase[];
  readonly record: SignalRecord;
  readonly messageIds: readonly string[];
}

interface Told {
  readonly device: string;
  readonly phases: readonly Phase[];
}

/** @param histories of the site, in order of device. Two controllers that contradict one another say nothing. */
export function phasesOf(
  histories: readonly SignalHistory[],
  group: string,
  window: { readonly fromMs: number; readonly toMs: number },
): Phases {
  const told: Told[] = [];
  const messageIds: string[] = [];
  let clock: ClockStatus | null = null;
  for (const { device, pieces } of histories) {
    const inside = pieces.filter(({ fromMs, toMs }) => toMs > window.fromMs && fromMs < window.toMs);
    const phases: Phase[] = [];
    for (const piece of inside) {
      const found = phasesIn(piece, group, window);
      if (found.length === 0) continue;
      phases.push(...found);
      messageIds.push(piece.messageId);
      clock = clock === null ? piece.clock : worseClock(clock, piece.clock);
    }
    if (phases.length > 0) told.push({ device, phases });
  }
  const list = agreed(told, window);
  const devices = told.map(({ device }) => device);
  return { list, messageIds, record: recordOf(list, group, devices, clock) };
}

function recordOf(
  list: readonly Phase[],
  group: string,
  devices: string[],
  clock: ClockStatus | null,
): SignalRecord {
  return {
    group,
    devices,
    clock,
    fromMs: list[0]?.fromMs ?? 0,
    toMs: list.at(-1)?.toMs ?? 0,
    atMs: list.map(({ fromMs }) => fromMs),
    state: list.map(({ state }) => state),
  };
}

/** What one piece tells of the group within the window. */
function phasesIn(
  { fromMs: startMs, toMs: endMs, groups }: SignalPiece,
  group: string,
  window: { readonly fromMs: number; readonly toMs: number },
): readonly Phase[] {
  const found = groups.find((one) => one.group === group);
  if (!found) return [];
  const { dtMs, state } = found;
  return state.flatMap((one, i) => {
    const fromMs = Math.max(window.fromMs, startMs + (dtMs[i] as number));
    const next = dtMs[i + 1];
    const toMs = Math.min(window.toMs, next === undefined ? endMs : startMs + next);
    return toMs > fromMs ? [{ fromMs, toMs, state: one }] : [];
  });
}

function agreed(
  told: readonly Told[],
  window: { readonly fromMs: number; readonly toMs: number },
): readonly Phase[] {
  const all = told.flatMap(({ phases }) => phases);
  const cuts = [window.fromMs, window.toMs, ...all.flatMap(({ fromMs, toMs }) => [fromMs, toMs])];
  const edges = [...new Set(cuts)].sort((a, b) => a - b);
  const list: Phase[] = [];
  for (let i = 1; i < edges.length; i++) {
    const [fromMs, toMs] = [edges[i - 1] as number, edges[i] as number];
    const states = new Set(
      all.filter((one) => one.fromMs <= fromMs && one.toMs >= toMs).map((one) => one.state),
    );
    const [only] = states;
    const state = states.size === 1 && only !== undefined ? only : 'unknown';
    const last = list.at(-1);
    if (last?.state === state) list[list.length - 1] = { ...last, toMs };
    else list.push({ fromMs, toMs, state });
  }
  return list;
}
