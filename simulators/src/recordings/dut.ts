/** A folder of VCI-DUT clips (`<clip>_ped.csv`, `<clip>_veh.csv`) with its crosswalks file. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '@wayside/contracts/canonical';
import type { CrosswalkEntry } from './crosswalks.ts';
import { readCrosswalks } from './crosswalks.ts';
import { readCsv } from './csv-rows.ts';
import { dutHeaderFault, dutRow, type DutClass } from './dut-rows.ts';
import { dutSite } from './dut-site.ts';
import { frameBuilder } from './frame-builder.ts';
import { ReadingError } from './reading-error.ts';
import type { Listing, Recording } from './recording.ts';
import { recordingStartMs } from './recording-start.ts';
import { rejectList } from './rejects.ts';

const SUFFIX: Readonly<Record<DutClass, string>> = { vehicle: '_veh.csv', pedestrian: '_ped.csv' };

/** @param clips only these, where given. @returns the clips by name, or every fault that stands in the way. */
export async function listDut(of: {
  readonly dir: string;
  readonly crosswalksFile: string;
  readonly clips?: readonly string[];
}): Promise<Listing> {
  const crosswalks = await readCrosswalks(of.crosswalksFile);
  const files = await readdir(of.dir).catch((error: unknown) => error as Error);
  const faults = crosswalks.kind === 'faults' ? [...crosswalks.faults] : [];
  if (files instanceof Error) faults.push(`${of.dir}: ${files.message}`);
  if (crosswalks.kind === 'faults' || files instanceof Error) return { kind: 'faults', faults };
  const found = clipsIn(files);
  const wanted = of.clips ?? found;
  const entries = new Map(crosswalks.value.map((entry) => [entry.clip, entry]));
  if (wanted.length === 0) faults.push(`${of.dir}: holds no clip (a pair of *_veh.csv and *_ped.csv)`);
  for (const clip of wanted) {
    if (!found.includes(clip)) faults.push(`${of.dir}: has no clip "${clip}"`);
    else if (!entries.has(clip)) faults.push(`${of.crosswalksFile}: has no crosswalk for clip "${clip}"`);
  }
  if (faults.length > 0) return { kind: 'faults', faults };
  const recordings = wanted.map((clip) => {
    const entry = entries.get(clip) as CrosswalkEntry;
    return { clip, load: (signal: AbortSignal) => loadClip(of.dir, entry, signal) };
  });
  return { kind: 'recordings', recordings };
}

function clipsIn(files: readonly string[]): readonly string[] {
  const there = new Set(files);
  return files
    .filter((file) => file.endsWith(SUFFIX.vehicle))
    .map((file) => file.slice(0, -SUFFIX.vehicle.length))
    .filter((clip) => there.has(clip + SUFFIX.pedestrian))
    .sort();
}

async function loadClip(dir: string, entry: CrosswalkEntry, signal: AbortSignal): Promise<Recording> {
  const { clip, frameRate } = entry;
  const site = dutSite(entry);
  const startMs = recordingStartMs(clip);
  const builder = frameBuilder((frame) => startMs + Math.round((frame * 1000) / frameRate), true);
  const rejects = rejectList();
  const hash = createHash('sha256').update(canonicalJson({ format: 'dut.v1', site, frameRate }));
  for (const of of ['vehicle', 'pedestrian'] as const) await readFile(of);
  const frames = builder.frames();
  if (frames.length === 0) throw new ReadingError('no-frames', `${dir}: clip ${clip} has no usable row`);
  return { clip, site, contentHash: hash.digest('hex'), frames, rejects: rejects.result() };

  async function readFile(of: DutClass): Promise<void> {
    const file = join(dir, clip + SUFFIX[of]);
    hash.update(`\n${of}\n`);
    const handlers = {
      header: (names: readonly string[]) => dutHeaderFault(of, names),
      row: ({ fields }: { readonly fields: readonly string[] }) => addRow(of, fields),
      rejected: (line: number, reason: string) => rejects.add(file, line, reason),
      text: (line: string) => void hash.update(line).update('\n'),
    };
    await readCsv(file, ',', handlers, signal);
  }

  function addRow(of: DutClass, fields: readonly string[]): string | undefined {
    const row = dutRow(of, clip, fields);
    if (typeof row === 'string') return row;
    if (builder.add(row.frame, row.object)) return undefined;
    return `${of} ${row.object.track} stands twice in frame ${row.frame}`;
  }
}
