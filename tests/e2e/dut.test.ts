/**
 * The main job on real recordings: all ten DUT clips through MQTT to the ledger, held against the labels of
 * encounters.csv. What a label means, and every disagreement, is in docs/dut-disagreements.md.
 */
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayReport } from '@wayside/pipeline/app/replay/report';
import { DUT, hasDut, WITHOUT_DUT } from '../support/shared-data.ts';
import { runWayside, temporaryFolder } from '../support/wayside.ts';

interface Pair {
  readonly clip: string;
  readonly veh: string;
  readonly label: string;
}

const clipName = (clip: string) => `intersection_${clip.padStart(2, '0')}`;
const vehicleOf = (pair: Pair) => `${clipName(pair.clip)}/${pair.veh}`;

describe.skipIf(!hasDut)(`a replay of the DUT recordings${WITHOUT_DUT}`, () => {
  const data = temporaryFolder('dut');
  let report: ReplayReport;
  let pairs: readonly Pair[];

  const replay = async (): Promise<ReplayReport> => {
    const args = [
      'replay',
      DUT,
      '--format',
      'dut',
      '--crosswalks',
      `${DUT}/crosswalks.json`,
      '--data',
      data.path,
      '--json',
    ];
    const { code, stdout, stderr } = await runWayside(args);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as ReplayReport;
  };

  beforeAll(async () => {
    pairs = parse<Pair>(readFileSync(`${DUT}/encounters.csv`), { columns: true });
    report = await replay();
  }, 240_000);
  afterAll(() => data.remove());

  it('stores every observation of the ten clips and balances its books', () => {
    const rows = [1, 3, 4, 5, 7, 9, 11, 12, 14, 16].flatMap((clip) =>
      ['ped', 'veh'].map((kind) => lines(`${DUT}/${clipName(String(clip))}_${kind}.csv`)),
    );
    expect(report.observations).toBe(rows.reduce((sum, count) => sum + count, 0));
    expect(report.counters.faults).toEqual([]);
    expect(report.counters.balanced).toBe(true);
    expect(report.counters.intake.deadLettered).toBe(0);
  });

  it('accuses no vehicle that gave way to everybody', () => {
    const yielding = new Set(pairs.map(vehicleOf));
    for (const pair of pairs) if (pair.label !== 'yield') yielding.delete(vehicleOf(pair));
    expect(accused(report).filter((vehicle) => yielding.has(vehicle))).toEqual([]);
  });

  it('accuses no parked vehicle', () => {
    expect(accused(report).filter((vehicle) => parkedVehicles().has(vehicle))).toEqual([]);
  });

  it('accuses of those labelled nonyield the two that can be, and nobody without an account', () => {
    const nonyield = new Set(pairs.filter((pair) => pair.label === 'nonyield').map(vehicleOf));
    expect(nonyield.size).toBeGreaterThan(3);
    const found = accused(report).filter((vehicle) => nonyield.has(vehicle));
    expect(found.toSorted()).toEqual(['intersection_01/1', 'intersection_12/0']);
    expect(report.verdicts.undecided).toBeGreaterThanOrEqual(nonyield.size - found.length);
    expect(report.infractions.every((infraction) => infraction.hold === 'held')).toBe(true);
  });

  it('holds exactly the points of its infractions', () => {
    expect(report.ledger).toEqual({
      held: report.infractions.reduce((sum, infraction) => sum + infraction.points, 0),
      posted: 0,
      released: 0,
      balanced: true,
    });
  });

  it('adds nothing when it runs a second time', async () => {
    const again = await replay();
    expect({ ...again, latencyMs: null }).toEqual({ ...report, latencyMs: null });
  }, 120_000);

  it('passes verification, which judges the whole log again', async () => {
    const { code, stdout, stderr } = await runWayside(['verify', '--data', data.path, '--json']);
    expect(code, stdout + stderr).toBe(0);
  }, 120_000);
});

const lines = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n').length - 1;

const accused = (report: ReplayReport): readonly string[] =>
  report.infractions.map((infraction) => `${infraction.site}/${infraction.vehicleTrack}`);

/** Vehicles whose whole path in the recording is shorter than a metre. */
function parkedVehicles(): ReadonlySet<string> {
  const parked = new Set<string>();
  for (const clip of ['01', '03', '04', '05', '07', '09', '11', '12', '14', '16']) {
    const rows = parse<Record<string, string>>(readFileSync(`${DUT}/intersection_${clip}_veh.csv`), {
      columns: true,
    });
    for (const [id, extent] of extents(rows)) if (extent < 1) parked.add(`intersection_${clip}/${id}`);
  }
  return parked;
}

function extents(rows: readonly Record<string, string>[]): ReadonlyMap<string, number> {
  const boxes = new Map<string, { x0: number; x1: number; y0: number; y1: number }>();
  for (const row of rows) {
    const [x, y] = [Number(row['x_est']), Number(row['y_est'])];
    const box = boxes.get(row['id'] ?? '') ?? { x0: x, x1: x, y0: y, y1: y };
    boxes.set(row['id'] ?? '', {
      x0: Math.min(box.x0, x),
      x1: Math.max(box.x1, x),
      y0: Math.min(box.y0, y),
      y1: Math.max(box.y1, y),
    });
  }
  return new Map([...boxes].map(([id, b]) => [id, Math.hypot(b.x1 - b.x0, b.y1 - b.y0)]));
}
