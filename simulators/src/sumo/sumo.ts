/**
 * A folder of SUMO's: one network (`*.net.xml`), the route files with the vehicle types (`*.rou.xml`, `*.add.xml`) and
 * floating-car data of one run or more (`*.fcd.xml`, `*.fcd.csv`). Each run at each crossing is a recording.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '@wayside/contracts/canonical';
import { ReadingError } from '../recordings/reading-error.ts';
import type { Listing, Recording, RecordingRef, RejectedRow } from '../recordings/recording.ts';
import { recordingStartMs } from '../recordings/recording-start.ts';
import { rejectList } from '../recordings/rejects.ts';
import { readFcdCsv } from './fcd-csv.ts';
import { fcdFrames, type FcdFrames } from './fcd-frames.ts';
import { readFcdXml } from './fcd-xml.ts';
import { readNetwork, type NetEdge, type Network } from './network.ts';
import { siteOfCrossing, type PlacedSite } from './site-of-crossing.ts';
import { readVehicleTypes, type SumoTypes } from './vehicle-types.ts';

export interface SumoRecording extends Recording {
  /** Time between frames; undefined where there is one only. */
  readonly periodMs: number | undefined;
  readonly onCrossing: ReturnType<FcdFrames['onCrossing']>;
  readonly types: SumoTypes;
  /** Name of the vehicle type of each vehicle, by track. */
  readonly typeOfTrack: ReadonlyMap<string, string>;
  readonly startMs: number;
}

export interface SumoRef extends RecordingRef {
  readonly load: (signal: AbortSignal) => Promise<SumoRecording>;
}

export type SumoListing =
  | { readonly kind: 'recordings'; readonly recordings: readonly SumoRef[] }
  | Extract<Listing, { kind: 'faults' }>;

/** @param clips only these, where given. @returns the clips by name, or every fault that stands in the way. */
export async function listSumo(of: {
  readonly dir: string;
  readonly clips?: readonly string[];
  readonly signal: AbortSignal;
}): Promise<SumoListing> {
  const files = await readdir(of.dir).catch((error: unknown) => error as Error);
  if (files instanceof Error) return { kind: 'faults', faults: [`${of.dir}: ${files.message}`] };
  const folder = folderOf(of.dir, files);
  if (folder.faults.length > 0) return { kind: 'faults', faults: folder.faults };
  const read = await refsOf(folder, of.signal);
  if (read.kind === 'faults') return read;
  const { clips } = of;
  const missing = (clips ?? []).filter((clip) => !read.recordings.some((ref) => ref.clip === clip));
  if (missing.length > 0)
    return { kind: 'faults', faults: missing.map((clip) => `${of.dir}: has no clip "${clip}"`) };
  const wanted = read.recordings.filter((ref) => clips === undefined || clips.includes(ref.clip));
  return { kind: 'recordings', recordings: wanted };
}

interface Folder {
  readonly dir: string;
  readonly network: string;
  readonly routes: readonly string[];
  readonly runs: readonly string[];
  readonly faults: readonly string[];
}

function folderOf(dir: string, files: readonly string[]): Folder {
  const ending = (...ends: readonly string[]): readonly string[] =>
    files.filter((file) => ends.some((end) => file.endsWith(end))).sort();
  const networks = ending('.net.xml');
  const runs = ending('.fcd.xml', '.fcd.csv');
  const faults: string[] = [];
  if (networks.length !== 1)
    faults.push(`${dir}: holds ${networks.length} files *.net.xml where it must hold one`);
  if (runs.length === 0) faults.push(`${dir}: holds no floating-car data (*.fcd.xml or *.fcd.csv)`);
  return { dir, network: join(dir, networks[0] ?? ''), routes: ending('.rou.xml', '.add.xml'), runs, faults };
}

async function refsOf(folder: Folder, signal: AbortSignal): Promise<SumoListing> {
  const odd: RejectedRow[] = [];
  const network = await readNetwork(
    folder.network,
    (line, reason) => odd.push({ file: folder.network, line, reason }),
    signal,
  ).catch(messageOf);
  if (typeof network === 'string') return { kind: 'faults', faults: [network] };
  const recordings: SumoRef[] = [];
  const faults = odd.map(({ file, line, reason }) => `${file}:${line}: ${reason}`);
  for (const run of folder.runs)
    for (const crossing of crossingsOf(network)) {
      const clip = slug(`${run.replace(/\.fcd\.(xml|csv)$/, '')}-${crossing.id}`);
      const placed = siteOfCrossing(network, crossing, clip);
      if (typeof placed === 'string') faults.push(`${folder.network}: crossing "${crossing.id}" ${placed}`);
      else recordings.push({ clip, load: (abort) => loadRun({ ...folder, run, odd }, placed, abort) });
    }
  const twice = recordings.filter(({ clip }, i) => recordings.findIndex((ref) => ref.clip === clip) < i);
  if (twice.length > 0)
    return {
      kind: 'faults',
      faults: twice.map(({ clip }) => `${folder.dir}: two runs or crossings make the same name "${clip}"`),
    };
  if (recordings.length > 0) return { kind: 'recordings', recordings };
  const none = `${folder.network}: has no crossing over lanes that vehicles use`;
  return { kind: 'faults', faults: [...faults, none] };
}

function messageOf(error: unknown): string {
  if (!(error instanceof ReadingError)) throw error;
  return error.message;
}

const crossingsOf = (network: Network): readonly NetEdge[] =>
  [...network.edges.values()].filter((edge) => edge.function === 'crossing');

/** `rush hour-:C_c0` → `rush-hour-c_c0`. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 50) || 'clip';

interface Run extends Folder {
  readonly run: string;
  /** What of the network could not be used. */
  readonly odd: readonly RejectedRow[];
}

async function loadRun(
  { dir, run, routes: routeFiles, odd }: Run,
  { site, origin, crossing }: PlacedSite,
  signal: AbortSignal,
): Promise<SumoRecording> {
  const file = join(dir, run);
  const rejects = rejectList();
  for (const { file: network, line, reason } of odd) rejects.add(network, line, reason);
  const routes = routeFiles.map((name) => join(dir, name));
  const types = await readVehicleTypes(routes, rejects.add, signal);
  const startMs = recordingStartMs(site.id);
  const typeOfTrack = new Map<string, string>();
  const { sink, frames, onCrossing, periodMs } = fcdFrames({
    startMs,
    crossing,
    context: { types, origin, clip: site.id, typed: (track, type) => typeOfTrack.set(track, type) },
    rejected: (line, reason) => rejects.add(file, line, reason),
  });
  await (file.endsWith('.csv') ? readFcdCsv : readFcdXml)(file, sink, signal);
  const seen = frames();
  if (!seen.some(({ objects }) => objects.length > 0)) throw nothingSeen(file, rejects.result().rows[0]);
  const hash = createHash('sha256').update(canonicalJson({ format: 'sumo.v1', site }));
  for (const frame of seen) hash.update(JSON.stringify(frame)).update('\n');
  return {
    clip: site.id,
    site,
    contentHash: hash.digest('hex'),
    frames: seen,
    rejects: rejects.result(),
    periodMs: periodMs(),
    onCrossing: onCrossing(),
    types,
    typeOfTrack,
    startMs,
  };
}

function nothingSeen(
  file: string,
  first: { readonly file: string; readonly line: number; readonly reason: string } | undefined,
): ReadingError {
  const hint = first
    ? `the first fault: ${first.file}:${first.line}: ${first.reason}`
    : 'was it written with --fcd-output.geo, or does it belong to another network?';
  return new ReadingError('no-frames', `${file}: nobody comes near the crossing; ${hint}`);
}
