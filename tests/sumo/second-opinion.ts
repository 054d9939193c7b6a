/** One run of the ready scenario by SUMO, with its truth and what the judge's rules make of it. */
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Frame } from '@wayside/edge/camera/frame-source';
import type { LawProfile, YieldGeometry } from '@wayside/contracts/law-profile';
import type { Outcome } from '@wayside/contracts/verdict';
import { judgeFrames } from '@wayside/pipeline/domain/judge/testing/scenes';
import { listSumo, type SumoRecording } from '../../simulators/src/sumo/sumo.ts';
import { sumoTruth, type SumoTruthLine } from '../../simulators/src/sumo/sumo-truth.ts';

export const hasSumo = ['sumo', 'netconvert'].every(
  (program) => spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0,
);
export const WITHOUT_SUMO = hasSumo ? '' : ' (SKIPPED: sumo is not installed)';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PROGRAM = here('../../simulators/bin/wayside-simulators.js');
const SCENARIO = here('../../simulators/examples/sumo');

export async function runScenario(dir: string, seed: number, seconds: number): Promise<void> {
  const args = ['sumo', 'run', SCENARIO, '--out', dir, '--seed', String(seed), '--duration', String(seconds)];
  await promisify(execFile)(process.execPath, [PROGRAM, ...args], { timeout: 120_000 });
}

export async function recordingIn(dir: string): Promise<SumoRecording> {
  const signal = AbortSignal.timeout(120_000);
  const listing = await listSumo({ dir, signal });
  if (listing.kind === 'faults') throw new Error(listing.faults.join('\n'));
  const [ref] = listing.recordings;
  if (ref === undefined) throw new Error(`${dir} holds no recording`);
  return ref.load(signal);
}

export const truthOf = (recording: SumoRecording): readonly SumoTruthLine[] => [...sumoTruth(recording)];

/** What the rule on yielding says of each vehicle; of several encounters of one the gravest. */
export function yieldOutcomes(
  { frames, site }: SumoRecording,
  profile: LawProfile,
): ReadonlyMap<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const { verdict } of judgeFrames(frames.map(asSeen), { profile, site }))
    for (const finding of verdict.findings) {
      if (finding.rule !== 'fail-to-yield') continue;
      const before = outcomes.get(verdict.vehicle.track) ?? 'clear';
      outcomes.set(verdict.vehicle.track, graver(before, finding.outcome));
    }
  return outcomes;
}

const asSeen = ({ timeMs, objects }: Frame) => ({
  timeMs,
  objects: objects.map(({ track, kind, xMetres: x, yMetres: y, headingRadians, speedMps, ...rest }) => ({
    track,
    kind,
    x,
    y,
    ...(headingRadians !== undefined && { headingRadians }),
    ...(speedMps !== undefined && { speedMps }),
    ...(rest.lengthMetres !== undefined && { lengthMetres: rest.lengthMetres }),
    ...(rest.widthMetres !== undefined && { widthMetres: rest.widthMetres }),
  })),
});

const GRAVITY: readonly Outcome[] = ['clear', 'undecided', 'infraction'];
const graver = (a: Outcome, b: Outcome): Outcome => (GRAVITY.indexOf(a) > GRAVITY.indexOf(b) ? a : b);

/** Vehicles by what their drivers mean to do, the truth under one geometry, and the judge's outcome. */
export function tableOf(
  truth: readonly SumoTruthLine[],
  outcomes: ReadonlyMap<string, Outcome>,
  geometry: YieldGeometry,
): Readonly<Record<string, number>> {
  const table: Record<string, number> = {};
  for (const line of truth) {
    if (line.kind !== 'encounter') continue;
    const judged = outcomes.get(line.vehicle) ?? 'nothing';
    const row = `${line.disposition}: truth ${line.failToYield[geometry]}, judge ${judged}`;
    table[row] = (table[row] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(table).sort());
}
