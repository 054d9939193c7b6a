/** Judges one ended passage: a pure function of what was kept of its window. */
import { deriveId } from '@wayside/contracts/ids';
import type {
  EncounterVerdict,
  Finding,
  KeyMoments,
  Outcome,
  TrackSegment,
} from '@wayside/contracts/verdict';
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { SignalRecord } from '@wayside/contracts/signal-phases';
import { isMotorVehicle } from '../encounter/vehicle-path.ts';
import { isComplete, type ObservedTrack } from '../encounter/observed-track.ts';
import type { KeptBatch } from './kept-batch.ts';
import type { EndedPassage } from './passage.ts';
import { readWindow } from './read-window.ts';
import { failToYield } from './rules/fail-to-yield.ts';
import { underSignal } from './rules/green-for-vehicle.ts';
import { lightCaseOf, type LightCase } from './rules/light-case.ts';
import { overtakeAtCrosswalk } from './rules/overtake-at-crosswalk.ts';
import { redLight } from './rules/red-light.ts';
import { speeding } from './rules/speeding.ts';
import { stopOnCrosswalk } from './rules/stop-on-crosswalk.ts';
import { sceneOf, type Scene } from './scene.ts';
import type { Setting, SiteState } from './site-state.ts';
import { phasesOf } from './signals/phases.ts';
import { readSlowVehicles } from './slow-vehicles.ts';
import { trackSegment } from './track-segment.ts';
import { JUDGE_VERSION } from './version.ts';

export interface JudgedEncounter {
  readonly verdict: EncounterVerdict;
  readonly clock: ClockStatus;
  readonly tracks: readonly TrackSegment[];
  readonly messageIds: readonly string[];
  /** What the vehicle's signal showed, where it passed one. */
  readonly signal: SignalRecord | undefined;
}

export type Station = Pick<SiteState, 'device' | 'bootId' | 'setting' | 'signals'>;

/** How long after a passage its pedestrians are still awaited: beyond it nothing interferes. */
export const tailMs = ({ profile }: Setting): number => profile.road.thresholds.maxPetSeconds * 1000;

/** @returns undefined where no rule was in question. */
export function judgePassage(
  station: Station,
  kept: readonly KeptBatch[],
  ended: EndedPassage,
): JudgedEncounter | undefined {
  const { passage } = ended;
  const window = { fromMs: passage.startMs, toMs: passage.lastMs + tailMs(station.setting) };
  const content = readWindow(kept, window, passage.track);
  if (!content.vehicle) return undefined;
  const own = until(content.vehicle, passage.lastMs);
  const { yieldedMps } = station.setting.profile.road.thresholds;
  let slow: ReadonlyMap<string, ObservedTrack> = new Map();
  const slowAt = (second: number): typeof slow => {
    const slowness = { except: passage.track, belowMps: yieldedMps, originMs: passage.startMs, second };
    return (slow = readSlowVehicles(kept, window, slowness));
  };
  const scene = sceneOf({ own, content, slowAt }, ended, station.setting);
  if (!isMotorVehicle(scene.vehicle)) return undefined;
  const light = lightOf(station, scene, passage.startMs);
  const ruled = applyRules(scene, light);
  if (ruled.findings.length === 0) return undefined;
  const toMs = Math.min(window.toMs, content.frameMs.at(-1) ?? window.toMs);
  const verdict = verdictOf(station, scene, ended, ruled, toMs);
  const walkers = verdict.pedestrianTracks.map((track) => content.pedestrians.get(track));
  return {
    verdict,
    clock: content.clock,
    tracks: [own, ...walkers, ruled.overtaken === undefined ? undefined : slow.get(ruled.overtaken)]
      .filter((track) => track !== undefined)
      .map(trackSegment),
    messageIds: light ? [...content.messageIds, ...light.phases.messageIds] : content.messageIds,
    signal: light?.phases.record,
  };
}

function lightOf({ setting, signals }: Station, scene: Scene, startMs: number): LightCase | undefined {
  if (setting.model.signalled.length === 0) return undefined;
  const histories = signals.ofSite.get(setting.site.id) ?? [];
  return lightCaseOf(scene, startMs, (group, window) => phasesOf(histories, group, window));
}

/** A passage's own samples end where it ends, though its tail may hold more of the vehicle. */
function until(track: ObservedTrack, lastMs: number): ObservedTrack {
  const count = track.ms.findLastIndex((ms) => ms <= lastMs) + 1;
  if (count === track.ms.length) return track;
  return {
    track: track.track,
    ms: track.ms.slice(0, count),
    xCm: track.xCm.slice(0, count),
    yCm: track.yCm.slice(0, count),
    headingMrad: isComplete(track, 'headingMrad') ? track.headingMrad.slice(0, count) : [],
    speedCmps: isComplete(track, 'speedCmps') ? track.speedCmps.slice(0, count) : [],
    looks: track.looks,
  };
}

interface Ruled {
  readonly findings: readonly Finding[];
  /** The vehicle that had stopped and was overtaken. */
  readonly overtaken: string | undefined;
  readonly owedAtS: number | undefined;
  /** When a stop on the crosswalk began, where that is what happened. */
  readonly stoodFromS: number | undefined;
  /** When the stop line was passed, where that is asked. */
  readonly lineS: number | undefined;
}

function applyRules(scene: Scene, light: LightCase | undefined): Ruled {
  const yielding = failToYield(scene);
  const stop = stopOnCrosswalk(scene);
  const overtaking = overtakeAtCrosswalk(scene);
  const gave = yielding && underSignal(yielding.finding, light);
  const red = light && redLight(scene, light, gave);
  const findings = [gave, stop?.finding, overtaking?.finding, red, speeding(scene)];
  return {
    findings: findings.filter((finding) => finding !== undefined),
    overtaken: overtaking?.other.track,
    owedAtS: yielding?.owedAtS,
    stoodFromS: stop?.fromS,
    lineS: red && light.passing.atS,
  };
}

function verdictOf(
  { device, bootId, setting }: Station,
  scene: Scene,
  { passage }: EndedPassage,
  { findings, owedAtS, stoodFromS, lineS }: Ruled,
  toMs: number,
): EncounterVerdict {
  const { vehicle, walkers } = scene;
  const { site, version, profile } = setting;
  const moments = momentsOf(scene, passage.startMs, owedAtS ?? lineS, lineS);
  const stoodFromMs = stoodFromS === undefined ? undefined : Math.round(passage.startMs + stoodFromS * 1000);
  return {
    kind: 'encounter',
    id: deriveId('encounter', site.id, device, bootId, passage.track, passage.startMs),
    outcome: gravest(findings),
    occurredAtMs: moments.entryMs ?? moments.lineMs ?? stoodFromMs ?? passage.startMs,
    profile: { id: profile.id, version: profile.version },
    judge: JUDGE_VERSION,
    device,
    bootId,
    findings: [...findings],
    site: { id: site.id, version },
    geometry: profile.road.yield.geometry,
    window: { fromMs: passage.startMs, toMs },
    vehicle: {
      track: passage.track,
      kind: vehicle.kind,
      ...(vehicle.plate === undefined ? {} : { plate: vehicle.plate }),
      lengthMetres: vehicle.lengthMetres,
      widthMetres: vehicle.widthMetres,
    },
    pedestrianTracks: walkers.map(({ track }) => track),
    moments,
  };
}

const ORDER: readonly Outcome[] = ['infraction', 'undecided', 'clear'];
const gravest = (findings: readonly Finding[]): Outcome =>
  ORDER.find((outcome) => findings.some((finding) => finding.outcome === outcome)) ?? 'clear';

/** The frames to show: as the way became owed or the stop line was passed (else a second before), as the front came onto it, as the rear left. */
function momentsOf(
  { vehicle, crossing }: Scene,
  startMs: number,
  owedAtS: number | undefined,
  lineS: number | undefined,
): KeyMoments {
  const line = lineS === undefined ? {} : { lineMs: Math.round(startMs + lineS * 1000) };
  if (!crossing) return line;
  const { enterS, exitS, first, last } = crossing;
  const at = (i: number): number => Math.round(startMs + (vehicle.seconds[i] as number) * 1000);
  const approachS =
    enterS === undefined ? undefined : Math.max(0, Math.min(owedAtS ?? enterS - 1, enterS - 1));
  const approach = vehicle.seconds.findIndex((second) => approachS !== undefined && second >= approachS);
  return {
    ...line,
    ...(approach < 0 ? {} : { approachMs: at(approach) }),
    ...(enterS === undefined ? {} : { entryMs: at(first) }),
    ...(exitS === undefined ? {} : { exitMs: at(last + 1) }),
  };
}
