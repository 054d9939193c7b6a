/**
 * What a camera sees, in scenes of 16 s with 8 frames a second: a car from the west, and a pedestrian from the south.
 *
 *   taken   the car passes at 10 m/s ahead of somebody who is on the crosswalk
 *   given   the car stops well before the crosswalk until the pedestrian is over, then goes on
 *   alone   nobody crosses
 */
import { contentHash } from '@wayside/contracts/canonical';
import type { ObservationBatch, ObservedObject } from '@wayside/contracts/observation-batch';
import type { Site } from '@wayside/contracts/site';
import { chance, tokenText } from '../random.ts';
import type { Player } from './cast.ts';
import { factTimeMs } from './clock.ts';
import { SCENE_SECONDS } from './script.ts';

export type SceneKind = 'taken' | 'given' | 'alone';

const PLATES = 60;
const PLATELESS_SHARE = 0.15;
const FRAMES_A_SECOND = 8;
const FRAME_MS = 1000 / FRAMES_A_SECOND;

export function sceneKind({ seed, device }: Player, scene: number): SceneKind {
  const at = chance(seed, device, scene, 'scene');
  if (at < 0.45) return 'taken';
  return at < 0.75 ? 'given' : 'alone';
}

/** Undefined: the camera could not read it. */
export function plateOf({ seed, device }: Player, scene: number): string | undefined {
  if (chance(seed, device, scene, 'plateless') < PLATELESS_SHARE) return undefined;
  return `plate_${tokenText(seed, 'plate', Math.floor(chance(seed, device, scene, 'plate') * PLATES))}`;
}

export const vehicleTrack = (scene: number): string => `v${scene}`;

export const siteOf = ({ device }: Player): Site => ({
  schema: 'wayside.site.v1',
  id: `at-${device}`,
  name: `Crossing of ${device}`,
  timeZone: 'Asia/Shanghai',
  drivingSide: 'right',
  devices: [device],
  crosswalk: [
    [-2, -3.5],
    [2, -3.5],
    [2, 3.5],
    [-2, 3.5],
  ],
  crossingAxisRadians: Math.PI / 2,
  islands: [],
  approaches: [{ id: 'west', headingRadians: 0, lanes: [] }],
  attentionMetres: 30,
  positionSigmaMetres: 0.1,
  calibration: { validUntil: null },
  origin: 'recording', // what a model thinks of it is not asked
});

export function observationsOf(player: Player, scene: number, second: number): ObservationBatch {
  const site = siteOf(player);
  const kind = sceneKind(player, scene);
  const plate = plateOf(player, scene);
  const startMs = factTimeMs(player, scene, SCENE_SECONDS * 1000) + second * 1000;
  const times = Array.from({ length: FRAMES_A_SECOND }, (_, frame) => second + frame / FRAMES_A_SECOND);
  const car = columns(times, (t) => carAt(kind, t));
  const walker = columns(times, (t) => walkerAt(kind, t));
  const objects: ObservedObject[] = [];
  if (car.frame.length > 0)
    objects.push({
      track: vehicleTrack(scene),
      kind: 'car',
      ...(plate !== undefined && { plate }),
      lengthCm: 450,
      widthCm: 180,
      ...car,
      headingMrad: car.frame.map(() => 0),
    });
  if (walker.frame.length > 0) objects.push({ track: `p${scene}`, kind: 'pedestrian', ...walker });
  return {
    site: { id: site.id, version: contentHash(site) },
    clock: { state: 'synchronised', maxErrorMs: 50 },
    frames: { startMs, dtMs: times.map((_, frame) => frame * FRAME_MS) },
    objects,
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** @returns undefined where it is not in the picture. */
function carAt(kind: SceneKind, second: number): Place | undefined {
  const x = kind === 'given' ? patientX(second) : -55 + 10 * second;
  return x < -35 || x > 35 ? undefined : { x, y: -1 };
}

const STOPS_AT_X = -10;
const BRAKING_MPS2 = 2.5;
/** 10 m/s, braking so as to stand at STOPS_AT_X; off again at 9 s with 3 m/s². */
function patientX(second: number): number {
  const brakesForS = 10 / BRAKING_MPS2;
  const brakesAtX = STOPS_AT_X - (10 * brakesForS) / 2;
  const brakesAtS = (brakesAtX + 36) / 10;
  if (second <= brakesAtS) return -36 + 10 * second;
  const braking = second - brakesAtS;
  if (braking < brakesForS) return brakesAtX + 10 * braking - (BRAKING_MPS2 * braking ** 2) / 2;
  return second < 9 ? STOPS_AT_X : STOPS_AT_X + 1.5 * (second - 9) ** 2;
}

function walkerAt(kind: SceneKind, second: number): Place | undefined {
  if (kind === 'alone') return undefined;
  const y = kind === 'given' ? -4 + 1.3 * second : hesitantY(second);
  return y > 5 ? undefined : { x: 0, y };
}

/** On the crosswalk since 2.7 s, hesitantly until the car has passed ahead. */
const hesitantY = (second: number): number => (second < 6 ? -4.3 + 0.3 * second : -2.5 + 1.3 * (second - 6));

function columns(times: readonly number[], placeAt: (second: number) => Place | undefined) {
  const frame: number[] = [];
  const xCm: number[] = [];
  const yCm: number[] = [];
  for (const [index, second] of times.entries()) {
    const place = placeAt(second);
    if (!place) continue;
    frame.push(index);
    xCm.push(Math.round(place.x * 100));
    yCm.push(Math.round(place.y * 100));
  }
  return { frame, xCm, yCm };
}
