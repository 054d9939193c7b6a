/** Judges the DUT clips without the rest of the house: each clip as the messages of one camera, in 1 s batches. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { JudgeEffect } from '../src/domain/judge/effects.ts';
import { initialJudgeState, judge } from '../src/domain/judge/judge.ts';
import {
  batchMessages,
  statusMessage,
  type SeenFrame,
  type Sighting,
} from '../src/domain/judge/testing/batches.ts';
import { loadProfiles } from '../src/domain/law/profiles.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const DATA = join(PROJECT, '..', 'shared', 'data', 'dut');

export const dutIsThere = (): boolean => existsSync(join(DATA, 'crosswalks.json'));

export function shippedProfile(id: string): LawProfile {
  const dir = join(PROJECT, 'pipeline', 'profiles');
  const texts = readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, text: readFileSync(join(dir, name), 'utf8') }));
  const loaded = loadProfiles(texts);
  const profile = loaded.ok ? loaded.profiles.find((one) => one.id === id) : undefined;
  if (!profile) throw new Error(`no sound profile "${id}": ${loaded.ok ? '' : loaded.faults.join('; ')}`);
  return profile;
}

export interface DutPair {
  readonly pedestrian: string;
  readonly label: string;
  readonly petSeconds: number;
  readonly first: string;
  readonly minSpeedMps: number;
}

export interface DutVehicle {
  readonly clip: string;
  readonly track: string;
  readonly pairs: readonly DutPair[];
  readonly effect: Extract<JudgeEffect, { kind: 'encounter' }> | undefined;
}

interface ClipEntry {
  readonly clip: string;
  readonly frameRate: number;
  readonly crosswalk: [number, number][];
}

export function judgeDut(profile: LawProfile): readonly DutVehicle[] {
  const clips = JSON.parse(readFileSync(join(DATA, 'crosswalks.json'), 'utf8')) as ClipEntry[];
  const pairs = rows('encounters.csv');
  return clips.flatMap((clip) => judgeClip(clip, profile, pairs));
}

type Row = Readonly<Record<string, string>>;

function rows(file: string): readonly Row[] {
  const [header, ...lines] = readFileSync(join(DATA, file), 'utf8').trim().split(/\r?\n/);
  const names = (header ?? '').split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? '']));
  });
}

function judgeClip(entry: ClipEntry, profile: LawProfile, pairs: readonly Row[]): readonly DutVehicle[] {
  const site = siteOf(entry);
  const frames = framesOf(entry);
  const device = site.devices[0] ?? '';
  const messages = [
    ...batchMessages(frames, { site, device, bootId: 'recording' }),
    statusMessage({
      device,
      bootId: 'recording',
      sequence: 1e6,
      timeMs: frames.at(-1)?.timeMs ?? 0,
      state: 'stopping',
    }),
  ];
  const state = initialJudgeState();
  const context = { site: () => site, profile: () => profile };
  const effects = messages.flatMap((message, i) => judge(state, { offset: i + 1, message }, context));
  const number = Number(entry.clip.split('_')[1]);
  const tracks = [...new Set(rows(`${entry.clip}_veh.csv`).map(({ id }) => id ?? ''))];
  return tracks.map((track) => ({
    clip: entry.clip,
    track,
    pairs: pairs.filter(({ clip, veh }) => Number(clip) === number && veh === track).map(pairOf),
    effect: effects
      .filter((effect) => effect.kind === 'encounter')
      .find(({ verdict }) => verdict.vehicle.track === track),
  }));
}

const pairOf = (row: Row): DutPair => ({
  pedestrian: row.ped ?? '',
  label: row.label ?? '',
  petSeconds: Number(row.pet_s),
  first: row.first ?? '',
  minSpeedMps: Number(row.v_min3s),
});

const siteOf = ({ clip, crosswalk }: ClipEntry): Site => ({
  schema: 'wayside.site.v1',
  id: clip,
  name: clip,
  timeZone: 'Asia/Shanghai',
  drivingSide: 'right',
  devices: [`cam-${clip.replaceAll('_', '-')}`],
  crosswalk,
  crossingAxisRadians: 0,
  islands: [],
  approaches: [
    { id: 'up', headingRadians: Math.PI / 2, lanes: [] },
    { id: 'down', headingRadians: -Math.PI / 2, lanes: [] },
  ],
  attentionMetres: 20,
  positionSigmaMetres: 0.2,
  calibration: { validUntil: null },
  origin: 'recording',
});

const START_MS = Date.parse('2017-09-01T00:00:00Z');
const CAR = { lengthMetres: 4.6, widthMetres: 1.8 };

function framesOf({ clip, frameRate }: ClipEntry): readonly SeenFrame[] {
  const seen = new Map<number, Sighting[]>();
  const add = (row: Row, sighting: Omit<Sighting, 'track' | 'x' | 'y'>): void => {
    const frame = Number(row.frame);
    const list = seen.get(frame) ?? [];
    seen.set(frame, list);
    list.push({ ...sighting, track: row.id ?? '', x: Number(row.x_est), y: Number(row.y_est) });
  };
  for (const row of rows(`${clip}_veh.csv`))
    add(row, {
      kind: 'car',
      headingRadians: Number(row.psi_est),
      speedMps: Math.abs(Number(row.vel_est)),
      ...CAR,
    });
  for (const row of rows(`${clip}_ped.csv`)) add(row, { kind: 'pedestrian' });
  const last = Math.max(...seen.keys());
  return Array.from({ length: last }, (_, i) => ({
    timeMs: START_MS + Math.round(((i + 1) * 1000) / frameRate),
    objects: seen.get(i + 1) ?? [],
  }));
}
