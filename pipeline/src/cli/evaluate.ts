/** `wayside evaluate`: how well rule and model decide on simulated streets whose truth is known. */
import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { YIELD_GEOMETRIES, type LawProfile } from '@wayside/contracts/law-profile';
import { readModel, type Model } from '@wayside/models/model/model-file';
import { openScorer } from '@wayside/models/model/scorer';
import { openBackend } from '@wayside/models/runtime/backend';
import { SHIPPED_LOGISTIC, SHIPPED_MODEL } from '@wayside/models/shipped';
import type { FootageRun } from '../app/evaluation/gather.ts';
import { outcomesOf } from '../app/evaluation/outcomes.ts';
import { evaluationReport, reportMarkdown } from '../app/evaluation/report.ts';
import { loadProfileFiles } from '../main/profile-files.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { gatherInThreads } from './gather-threads.ts';

/** Where nothing else is asked for. Training begins at 100 and must never come here, nor whoever chooses thresholds. */
export const EVALUATION_SEEDS: readonly number[] = [1001, 1002, 1003, 1004];
/** On these the thresholds in the law profiles were chosen. */
export const THRESHOLD_SEEDS: readonly number[] = [
  700, 701, 702, 703, 704, 705, 710, 711, 712, 921, 922, 923, 924, 931, 932, 933, 934, 941, 942, 943, 944,
  951, 952, 953, 954, 961, 962, 963, 964, 971, 972, 973, 974, 981, 982, 983, 984, 991, 992, 993, 994, 995,
  996, 997, 998,
];

interface EvaluateOptions {
  readonly profile: string;
  readonly seeds: string;
  readonly severity: string;
  readonly light: string;
  readonly sites: string;
  readonly minutes: string;
  readonly lawless?: string;
  readonly unsurveyed: string;
  readonly model?: string;
  readonly out?: string;
  readonly json?: true;
}

export function evaluateCommand(context: CommandContext): Command {
  return new Command('evaluate')
    .description('measure rule and model on simulated streets: accusations that are false, and who is caught')
    .option('--profile <id>', 'law profile; its geometry and the others are all judged', 'cn')
    .option(
      '--seeds <list>',
      'seeds of the streets; none of them may have been trained on',
      EVALUATION_SEEDS.join(','),
    )
    .option('--severity <list>', 'how bad the cameras are', 'fair,poor')
    .option('--light <list>', 'over the streets: day, rain, night', 'day,rain,night')
    .option('--sites <n>', 'crosswalks a seed', '8')
    .option('--minutes <n>', 'of each crosswalk', '10')
    .option('--lawless <share>', 'of drivers; drawn around a fifth where absent')
    .option('--unsurveyed <share>', 'of crosswalks whose lanes nobody drew', '0')
    .option('--model <file>', 'another model than the shipped one')
    .option('--out <file>', 'write the report here (Markdown with its plots)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wayside evaluate --out evaluation.md\n  wayside evaluate --severity awful --seeds 990 --json',
    )
    .action((options: EvaluateOptions) => evaluate(options, context));
}

async function evaluate(options: EvaluateOptions, { terminal }: CommandContext): Promise<void> {
  const profile = profileOf(options.profile);
  const model = readModel(await readFile(options.model ?? SHIPPED_MODEL, 'utf8'));
  const logistic = readModel(await readFile(SHIPPED_LOGISTIC, 'utf8'));
  await openBackend();
  const { examples, streets } = await gatherInThreads(runsOf(options), profile, (text) => {
    terminal.progress(text);
  });
  const rows = examples.map(({ features }) => features);
  const scores = { model: scoresOf(model, rows), logistic: scoresOf(logistic, rows) };
  const outcomes = outcomesOf(examples, scores, streets, profile.road.decision);
  const report = evaluationReport(model.hash, outcomes);
  terminal.endProgress();
  const page = reportMarkdown(report, outcomes);
  if (options.out !== undefined) await writeFile(options.out, page);
  if (options.json) terminal.json(report);
  else terminal.result(options.out === undefined ? page : `written to ${options.out}`);
}

function scoresOf(model: Model, rows: readonly Float32Array[]) {
  const scorer = openScorer(model);
  try {
    return scorer.score(rows);
  } finally {
    scorer.close();
  }
}

/** @throws CommandFailure where there is no such profile, or it leaves the rules alone. */
function profileOf(id: string) {
  const profile = loadProfileFiles().find((one) => one.id === id);
  if (!profile) throw new CommandFailure(`there is no law profile "${id}"`, 2);
  const { decision } = profile.road;
  if (!decision) throw new CommandFailure(`law profile "${id}" has no terms for the model`, 2);
  return { ...profile, road: { ...profile.road, decision } } satisfies LawProfile;
}

function runsOf(options: EvaluateOptions): readonly FootageRun[] {
  const seeds = options.seeds.split(',').map((text) => number('--seeds', text));
  const common = {
    sites: number('--sites', options.sites),
    seconds: 60 * number('--minutes', options.minutes),
    lawless: options.lawless === undefined ? undefined : number('--lawless', options.lawless),
    unsurveyed: number('--unsurveyed', options.unsurveyed),
    geometries: YIELD_GEOMETRIES,
  };
  return seeds.flatMap((seed) =>
    options.severity
      .split(',')
      .flatMap((severity) => options.light.split(',').map((light) => ({ ...common, seed, severity, light }))),
  );
}

/** @throws CommandFailure */
function number(option: string, text: string): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new CommandFailure(`${option} "${text}" is not a number from 0`, 2);
}
