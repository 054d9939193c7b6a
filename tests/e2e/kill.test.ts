/**
 * `kill -9` of the whole process at random moments of a replay, restarted each time, ends with the same infractions and
 * the same ledger as a run nobody disturbed. WAYSIDE_TEST_KILLS sets how often (10 times, 50 in CI).
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { ReplayReport } from '@wayside/pipeline/app/replay/report';
import { DUT, hasDut, WITHOUT_DUT } from '../support/shared-data.ts';
import { runWayside, spawnWayside, temporaryFolder } from '../support/wayside.ts';

const KILLS = Number(process.env['WAYSIDE_TEST_KILLS'] ?? (process.env['CI'] ? 50 : 10));
/** A start takes about two seconds before the first message; kills fall from the middle of that to well into the replay. */
const [EARLIEST_MS, LATEST_MS] = [1_000, 5_000];
/** Ten times as it happened: slow enough that no run reaches the end before its kill. */
const SPEED = '10';

describe.skipIf(!hasDut)(`kill -9 during a replay${WITHOUT_DUT}`, () => {
  const folders = [temporaryFolder('kill'), temporaryFolder('calm')] as const;
  afterAll(() => folders.forEach((folder) => folder.remove()));

  const args = (data: string, speed: string) => [
    'replay',
    DUT,
    '--format',
    'dut',
    '--crosswalks',
    `${DUT}/crosswalks.json`,
    '--data',
    data,
    '--speed',
    speed,
    '--json',
  ];

  it(`loses and doubles nothing over ${KILLS} kills`, async () => {
    const [disturbed, calm] = folders;
    const reached = new Set<number>();
    for (let kill = 0; kill < KILLS; kill++) {
      const running = spawnWayside(args(disturbed.path, SPEED));
      const delayMs = EARLIEST_MS + Math.random() * (LATEST_MS - EARLIEST_MS);
      const ended = await Promise.race([running.finished, sleep(delayMs)]);
      expect(ended?.code ?? 0, ended?.stderr).toBe(0);
      running.child.kill('SIGKILL');
      await running.finished;
      reached.add(Math.round(delayMs / 100));
    }
    expect(reached.size).toBeGreaterThan(KILLS > 10 ? 5 : 0);
    const after = await report(args(disturbed.path, 'max'));
    const undisturbed = await report(args(calm.path, 'max'));
    expect(facts(after)).toEqual(facts(undisturbed));
    expect(after.counters.faults).toEqual([]);
    const { code, stdout } = await runWayside(['verify', '--data', disturbed.path, '--json']);
    expect(code, stdout).toBe(0);
  }, 2_400_000);
});

const sleep = (ms: number) => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms));

async function report(args: readonly string[]): Promise<ReplayReport> {
  const { code, stdout, stderr } = await runWayside(args);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as ReplayReport;
}

/** What must be the same; what was sent twice, and how long it took, may differ. */
const facts = ({ messages, observations, encounters, verdicts, infractions, ledger }: ReplayReport) => ({
  messages,
  observations,
  encounters,
  verdicts,
  infractions,
  ledger,
});
