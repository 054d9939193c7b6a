/** A folder of generic track CSVs, each a clip of the same crosswalk, read by one map. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { canonicalJson } from '@wayside/contracts/canonical';
import type { Site } from '@wayside/contracts/site';
import { readCsv } from './csv-rows.ts';
import { cameraOfClip } from './dut-site.ts';
import { frameBuilder } from './frame-builder.ts';
import { ReadingError } from './reading-error.ts';
import type { Listing, Recording } from './recording.ts';
import { recordingStartMs } from './recording-start.ts';
import { rejectList } from './rejects.ts';
import { readTrackMap, type TrackMap } from './track-map.ts';
import { trackRowReader, type RowReader } from './track-rows.ts';

/** @param clips only these, where given. @returns the clips by name, or every fault that stands in the way. */
export async function listTrackCsv(of: {
  readonly dir: string;
  readonly mapFile: string;
  readonly clips?: readonly string[];
}): Promise<Listing> {
  const map = await readTrackMap(of.mapFile);
  const files = await readdir(of.dir).catch((error: unknown) => error as Error);
  const faults = map.kind === 'faults' ? [...map.faults] : [];
  if (files instanceof Error) faults.push(`${of.dir}: ${files.message}`);
  if (map.kind === 'faults' || files instanceof Error) return { kind: 'faults', faults };
  const found = clipsIn(of.dir, files, faults);
  const wanted = of.clips ?? [...found.keys()];
  if (wanted.length === 0) faults.push(`${of.dir}: holds no .csv file`);
  for (const clip of wanted) if (!found.has(clip)) faults.push(`${of.dir}: has no clip "${clip}"`);
  if (faults.length > 0) return { kind: 'faults', faults };
  const recordings = wanted.map((clip) => {
    const file = join(of.dir, found.get(clip) as string);
    return { clip, load: (signal: AbortSignal) => loadFile(file, clip, map.value, signal) };
  });
  return { kind: 'recordings', recordings };
}

function clipsIn(dir: string, files: readonly string[], faults: string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of files.filter((name) => name.endsWith('.csv')).sort()) {
    const clip = clipName(file);
    const other = found.get(clip);
    if (other !== undefined) faults.push(`${dir}: ${file} and ${other} make the same clip name`);
    found.set(clip, file);
  }
  return found;
}

/** `Main Street 7.csv` → `main-street-7`. */
function clipName(file: string): string {
  const name = basename(file, '.csv').toLowerCase();
  return (
    name
      .replaceAll(/[^a-z0-9_-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 50) || 'clip'
  );
}

async function loadFile(file: string, clip: string, map: TrackMap, signal: AbortSignal): Promise<Recording> {
  const site: Site = {
    schema: 'wayside.site.v1',
    id: clip,
    devices: [cameraOfClip(clip)],
    origin: 'recording',
    ...map.site,
  };
  const startMs = map.recordingStart === undefined ? recordingStartMs(clip) : Date.parse(map.recordingStart);
  const builder = frameBuilder(clock(map, startMs), map.units.time === 'frame');
  const rejects = rejectList();
  const hash = createHash('sha256').update(canonicalJson({ format: 'track-csv.v1', map, clip }));
  let read: RowReader = () => 'no header';
  await readCsv(
    file,
    map.delimiter ?? ',',
    {
      header(names) {
        const made = trackRowReader(map, clip, names);
        if (typeof made === 'string') return made;
        read = made;
        return undefined;
      },
      row: ({ fields }) => addRow(read(fields)),
      rejected: (line, reason) => rejects.add(file, line, reason),
      text: (line) => void hash.update(line).update('\n'),
    },
    signal,
  );
  const frames = builder.frames();
  if (frames.length === 0) throw new ReadingError('no-frames', `${file}: no row could be used`);
  return { clip, site, contentHash: hash.digest('hex'), frames, rejects: rejects.result() };

  function addRow(row: ReturnType<RowReader>): string | undefined {
    if (typeof row === 'string') return row;
    if (builder.add(row.time, row.object)) return undefined;
    return `${row.object.kind} ${row.object.track} stands twice at time ${row.time}`;
  }
}

function clock(map: TrackMap, startMs: number): (time: number) => number {
  const { framesPerSecond } = map;
  if (map.units.time !== 'frame' || framesPerSecond === undefined) return (ms) => startMs + ms;
  return (frame) => startMs + Math.round((frame * 1000) / framesPerSecond);
}
