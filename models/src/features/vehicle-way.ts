/** The vehicle's way past the crosswalk: where and when its front and rear were at its lines. */
import type { EncounterInput } from './encounter-input.ts';
import { localFrame, type LocalFrame } from './local-frame.ts';
import { endS, pathOf, STEP_SECONDS, type Path } from './path.ts';

export interface VehicleWay {
  readonly frame: LocalFrame;
  readonly path: Path;
  /** Ground speed at each sample of the path, from the camera where it gave one. */
  readonly speedMps: Float64Array;
  readonly halfLength: number;
  readonly halfWidth: number;
  /** Where it crossed, across the road. */
  readonly pathV: number;
  /** Front at the stop line, front at the near edge, rear off the far edge; the path's end where it was not seen to. */
  readonly lineS: number;
  readonly entryS: number;
  readonly exitS: number;
  readonly entered: boolean;
  readonly left: boolean;
}

const SMOOTH_S = 0.2;
/** The same for whoever else is looked at. */
export const WALKER_SMOOTH_S = 0.3;

/** @returns undefined where there is no track of the vehicle. Seconds count from the start of the window. */
export function vehicleWay({ verdict, site, tracks }: EncounterInput): VehicleWay | undefined {
  const track = tracks[0];
  if (!track || track.dtMs.length === 0) return undefined;
  const originMs = verdict.window.fromMs;
  const middle = placeAt(track, nearestTo(site.crosswalk, track.xCm, track.yCm));
  const [first, last] = [placeAt(track, 0), placeAt(track, track.xCm.length - 1)];
  const frame = localFrame(site, { dx: last.x - first.x, dy: last.y - first.y, ...middle });
  const path = pathOf(track, frame, originMs, SMOOTH_S);
  const { lengthMetres, widthMetres } = verdict.vehicle;
  const halfLength = lengthMetres / 2;
  const passes = (lineU: number, part: number): number | undefined => {
    const i = path.u.findIndex((u) => u + part * halfLength >= lineU);
    return i < 0 ? undefined : path.fromS + i * STEP_SECONDS;
  };
  const entryS = passes(frame.nearU, 1);
  const exitS = passes(frame.farU, -1);
  const end = endS(path);
  return {
    frame,
    path,
    speedMps: speedsOf(track, path, originMs),
    halfLength,
    halfWidth: widthMetres / 2,
    pathV: frame.v(middle.x, middle.y),
    lineS: passes(frame.stopLineU, 1) ?? end,
    entryS: entryS ?? end,
    exitS: exitS ?? end,
    entered: entryS !== undefined,
    left: exitS !== undefined,
  };
}

const placeAt = ({ xCm, yCm }: EncounterInput['tracks'][number], i: number) => ({
  x: (xCm[i] ?? 0) / 100,
  y: (yCm[i] ?? 0) / 100,
});

function speedsOf(track: EncounterInput['tracks'][number], path: Path, originMs: number): Float64Array {
  const { speedCmps, dtMs, startMs } = track;
  if (speedCmps?.length !== dtMs.length)
    return path.speedU.map((_, i) => Math.hypot(path.speedU[i] ?? 0, path.speedV[i] ?? 0));
  let j = 0;
  return path.u.map((_, i) => {
    const ms = originMs + (path.fromS + i * STEP_SECONDS) * 1000 - startMs;
    while (j + 1 < dtMs.length && (dtMs[j + 1] ?? 0) <= ms) j++;
    // What the camera says and what the positions cover are two measurements of one thing.
    return ((speedCmps[j] ?? 0) / 100 + Math.hypot(path.speedU[i] ?? 0, path.speedV[i] ?? 0)) / 2;
  });
}

function nearestTo(
  crosswalk: EncounterInput['site']['crosswalk'],
  xCm: readonly number[],
  yCm: readonly number[],
): number {
  const cx = (crosswalk.reduce((sum, [x]) => sum + x, 0) / crosswalk.length) * 100;
  const cy = (crosswalk.reduce((sum, [, y]) => sum + y, 0) / crosswalk.length) * 100;
  let [best, least] = [0, Infinity];
  for (let i = 0; i < xCm.length; i++) {
    const distance = Math.hypot((xCm[i] ?? 0) - cx, (yCm[i] ?? 0) - cy);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
