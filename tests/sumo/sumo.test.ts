/**
 * SUMO as a second opinion: a street whose vehicles and people are moved by somebody else's model, judged by our rules.
 * Where truth and judge differ, and why, is in docs/sumo-second-opinion.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Outcome } from '@wayside/contracts/verdict';
import type { ReplayReport } from '@wayside/pipeline/app/replay/report';
import { parseProfile } from '@wayside/pipeline/domain/law/profiles';
import type { SumoRecording } from '../../simulators/src/sumo/sumo.ts';
import type { SumoTruthLine } from '../../simulators/src/sumo/sumo-truth.ts';
import { runWayside, temporaryFolder } from '../support/wayside.ts';
import {
  hasSumo,
  recordingIn,
  runScenario,
  tableOf,
  truthOf,
  WITHOUT_SUMO,
  yieldOutcomes,
} from './second-opinion.ts';

const SECONDS = 900;
const PROFILES = ['cn', 'uk'];

describe.skipIf(!hasSumo)(`a crossing that SUMO simulates${WITHOUT_SUMO}`, () => {
  const folder = temporaryFolder('sumo');
  const dir = join(folder.path, 'run');
  let recording: SumoRecording;
  let truth: readonly SumoTruthLine[];
  const outcomes = new Map<string, ReadonlyMap<string, Outcome>>();

  beforeAll(async () => {
    await runScenario(dir, 1, SECONDS);
    recording = await recordingIn(dir);
    truth = truthOf(recording);
    for (const id of PROFILES) outcomes.set(id, yieldOutcomes(recording, profileOf(id)));
  }, 240_000);
  afterAll(() => folder.remove());

  const judgedUnder = (id: string): ReadonlyMap<string, Outcome> => outcomes.get(id) ?? new Map();
  const driversOf = (refuse: boolean): ReadonlySet<string> =>
    new Set(
      truth.flatMap((line) =>
        line.kind === 'vehicle' && line.dispositions.includes('refuses') === refuse ? [line.vehicle] : [],
      ),
    );

  it('is read without a fault: every tenth of a second, both kinds of drivers, people on foot', () => {
    expect(recording.rejects).toEqual({ count: 0, rows: [] });
    expect(recording.frames).toHaveLength(SECONDS * 10);
    expect(driversOf(true).size).toBeGreaterThan(20);
    expect(driversOf(false).size).toBeGreaterThan(50);
    expect(truth.filter(({ kind }) => kind === 'encounter').length).toBeGreaterThan(100);
    expect(truth.some(({ kind }) => kind === 'no-encounters')).toBe(false);
  });

  it('is the same for the same seed, and another for another', async () => {
    const [again, other] = [join(folder.path, 'again'), join(folder.path, 'other')];
    await runScenario(again, 1, 60);
    const first = await recordingIn(again);
    await runScenario(again, 1, 60);
    await runScenario(other, 2, 60);
    expect((await recordingIn(again)).contentHash).toBe(first.contentHash);
    expect((await recordingIn(other)).contentHash).not.toBe(first.contentHash);
  }, 120_000);

  it('has no driver of a yielding type who fails to yield, in truth', () => {
    for (const line of truth)
      if (line.kind === 'encounter' && line.disposition === 'yields')
        expect(Object.values(line.failToYield), line.vehicle).not.toContain('infraction');
  });

  it.each(PROFILES)('has infractions of refusing drivers and none of yielding ones, under %s', (id) => {
    const judged = judgedUnder(id);
    const table = tableOf(truth, judged, profileOf(id).road.yield.geometry);
    process.stdout.write(`SUMO under ${id}: ${JSON.stringify(table, null, 2)}\n`);
    const accused = [...judged].filter(([, outcome]) => outcome === 'infraction').map(([track]) => track);
    expect(accused.filter((track) => driversOf(false).has(track))).toEqual([]);
    expect(accused.length).toBeGreaterThanOrEqual(3);
  });

  it('leaves no refusal uncaught that the truth has: each is an infraction or goes to a person', () => {
    const { geometry } = profileOf('uk').road.yield;
    const failed = truth.flatMap((line) =>
      line.kind === 'encounter' && line.failToYield[geometry] === 'infraction' ? [line.vehicle] : [],
    );
    expect(failed.length).toBeGreaterThanOrEqual(3);
    expect(failed.filter((vehicle) => (judgedUnder('uk').get(vehicle) ?? 'clear') === 'clear')).toEqual([]);
  });

  it('goes through the whole house', async () => {
    const short = join(folder.path, 'short');
    await runScenario(short, 3, 60);
    const { frames } = await recordingIn(short);
    const { code, stdout, stderr } = await runWayside(['replay', short, '--format', 'sumo', '--json']);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as ReplayReport;
    expect(report.observations).toBe(frames.reduce((sum, { objects }) => sum + objects.length, 0));
    expect(report.counters.balanced).toBe(true);
    expect(report.counters.intake.deadLettered).toBe(0);
  }, 240_000);
});

function profileOf(id: string): LawProfile {
  const text = readFileSync(new URL(`../../pipeline/profiles/${id}.json`, import.meta.url), 'utf8');
  const parsed = parseProfile(text);
  if (!parsed.ok) throw new Error(parsed.faults.join('\n'));
  return parsed.profile;
}
