/** What a run has shown, as it is printed. */
import { isSound, type Checked } from './check/checker.ts';
import type { Drained } from './drain.ts';
import { jumpsUpTo } from './oracle/jumps.ts';
import type { Stage } from './stage.ts';
import type { StormLine } from './storm.ts';
import type { TortureOptions } from './torture-options.ts';

/**
 * pass · fail: something is wrong · unknown: not all that was said has arrived in time, so nothing can be said · proves
 * nothing: no message came twice, so the run did not reach what it is about.
 */
type Verdict = 'pass' | 'fail' | 'unknown' | 'proves nothing';

export interface TortureResult {
  readonly verdict: Verdict;
  readonly seed: number;
  readonly profile: string;
  readonly stormSeconds: number;
  readonly seconds: number;
  readonly faults: { readonly injected: number; readonly missed: number; readonly failed: number };
  readonly faultsByKind: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
  readonly deviceClockJumps: number;
  readonly dayLateDevices: number;
  readonly copiesSent: number;
  /** Messages that intake or judge knew again. */
  readonly redelivered: number;
  readonly drained: Drained;
  readonly restarts: Readonly<Record<string, number>>;
  /** How processes ended of themselves, where nobody had done anything to them. */
  readonly ownEnds: Readonly<Record<string, number>>;
  readonly crashPoints: Readonly<Record<string, number>>;
  readonly compared: Checked['compared'];
  readonly findings: Checked['counts'];
  readonly examples: readonly string[];
}

export interface ResultParts {
  readonly options: TortureOptions;
  readonly stage: Stage;
  readonly lines: readonly StormLine[];
  readonly drained: Drained;
  readonly checked: Checked;
  /** The last sequence of each device. */
  readonly last: ReadonlyMap<string, number>;
  readonly crashes: Readonly<Record<string, number>>;
  readonly stormMs: number;
  readonly tookMs: number;
}

const DAY_MS = 86_400_000;

export function resultOf(parts: ResultParts): TortureResult {
  const { options, stage, lines, drained, checked, last, crashes, stormMs, tookMs } = parts;
  const { world, players } = stage;
  const redelivered = drained.reading?.redelivered ?? 0;
  const processes = [...world.parts.values(), ...world.hosts.values()].map(({ process }) => process);
  const done = lines.filter(({ outcome }) => outcome === 'done');
  return {
    verdict: verdictOf(drained.drained, isSound(checked), redelivered),
    seed: options.seed,
    profile: options.profile,
    stormSeconds: Math.round(stormMs / 1000),
    seconds: Math.round(tookMs / 1000),
    faults: {
      injected: done.length,
      missed: lines.filter(({ outcome }) => outcome === 'missed').length,
      failed: lines.filter(({ outcome }) => outcome === 'failed').length,
    },
    faultsByKind: counted(done.map(({ fault }) => `${fault.group} ${fault.kind}`)),
    failures: lines.flatMap(({ fault, why }) =>
      why === undefined ? [] : [`${fault.group} ${fault.kind} of ${fault.target}: ${why}`],
    ),
    deviceClockJumps: players.reduce(
      (sum, player) => sum + jumpsUpTo(player, last.get(player.device) ?? 0),
      0,
    ),
    dayLateDevices: players.filter(({ startMs }) => Date.now() - startMs > DAY_MS).length,
    copiesSent: [...world.bare.values()].reduce((sum, device) => sum + device.repeated(), 0),
    redelivered,
    drained,
    restarts: Object.fromEntries(processes.map(({ name, restarts }) => [name, restarts])),
    ownEnds: counted(
      processes.flatMap(({ name, ownEnds }) =>
        [...ownEnds].flatMap(([how, times]) => Array.from({ length: times }, () => `${name} ${how}`)),
      ),
    ),
    crashPoints: crashes,
    compared: checked.compared,
    findings: checked.counts,
    examples: checked.examples.map(({ kind, detail }) => `${kind}: ${detail}`),
  };
}

function verdictOf(drained: boolean, sound: boolean, redelivered: number): Verdict {
  if (!drained) return 'unknown';
  if (!sound) return 'fail';
  return redelivered === 0 ? 'proves nothing' : 'pass';
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
