/** `wayside learn`: decided cases out, and a candidate model beside the one in service. */
import { open, readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { readModel, type Model } from '@wayside/models/model/model-file';
import { featuresOf, openScorer } from '@wayside/models/model/scorer';
import { isScored } from '@wayside/models/model/rules';
import { openBackend } from '@wayside/models/runtime/backend';
import { SHIPPED_MODEL } from '@wayside/models/shipped';
import { decidedCases, type DecidedCase } from '../app/learning/decided-cases.ts';
import { shadowReport, type ShadowModel } from '../app/learning/shadow.ts';
import { loadProfileFiles } from '../main/profile-files.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { withDatabaseAtRest } from './house-at-rest.ts';

interface DataOption {
  readonly data: string;
}

export function learnCommand(context: CommandContext): Command {
  const learn = new Command('learn').description('learn from what reviewers decided');
  learn
    .command('export')
    .description('write decided cases as labelled encounters, a line of JSON each; they name nobody')
    .argument('<file>', 'where to write them')
    .option('--data <dir>', 'the folder of the house (which must not be running)', '.wayside')
    .action((file: string, options: DataOption) => exportCases(file, options, context));
  learn
    .command('shadow')
    .description(
      'score a candidate model on decided cases beside the one in service; exit 1 where it may not replace it',
    )
    .argument('<model>', 'the candidate')
    .option('--data <dir>', 'the folder of the house (which must not be running)', '.wayside')
    .option('--hold-from <p>', 'from which probability each would stand by an accusation', '0.7')
    .option('--json', 'print JSON')
    .action((file: string, options: ShadowOptions) => shadow(file, options, context));
  return learn;
}

async function exportCases(file: string, { data }: DataOption, { terminal }: CommandContext): Promise<void> {
  const out = await open(file, 'w');
  let count = 0;
  try {
    await eachCase(data, async (decided) => {
      await out.write(`${JSON.stringify(decided)}\n`);
      count++;
    });
  } finally {
    await out.close();
  }
  terminal.result(`${count} decided cases written to ${file}`);
}

interface ShadowOptions extends DataOption {
  readonly holdFrom: string;
  readonly json?: true;
}

async function shadow(file: string, options: ShadowOptions, { terminal }: CommandContext): Promise<void> {
  const holdFrom = Number(options.holdFrom);
  if (!(holdFrom > 0 && holdFrom <= 1))
    throw new CommandFailure(`--hold-from "${options.holdFrom}" is not a probability`, 2);
  const [inService, candidate] = await Promise.all([modelIn(SHIPPED_MODEL), modelIn(file)]);
  const cases: DecidedCase[] = [];
  await eachCase(options.data, (decided) => {
    if (isScored(decided.rule)) cases.push(decided);
  });
  await openBackend();
  const report = shadowReport(cases, shadowModel(inService), shadowModel(candidate), holdFrom);
  if (options.json) terminal.json(report);
  else
    terminal.result(
      `${report.cases} decided cases, ${report.guilty} right\n` +
        `${inWords('in service', report.inService)}\n${inWords('candidate', report.candidate)}\n` +
        (report.mayReplace ? `may replace it: ${report.because}` : `may not replace it: ${report.because}`),
    );
  if (!report.mayReplace) throw new CommandFailure('the candidate may not replace the model in service', 1);
}

/** @throws CommandFailure where there is no model. */
async function modelIn(file: string | URL): Promise<Model> {
  try {
    return readModel(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(`cannot read the model ${String(file)}: ${(error as Error).message}`, 2);
  }
}

function shadowModel(model: Model): ShadowModel {
  const scorer = openScorer(model);
  return {
    sha256: model.hash,
    probability: (decided) => {
      const row = featuresOf(decided);
      const [scores] = row ? scorer.score([row]) : [];
      return scores && isScored(decided.rule) ? scores[decided.rule] : 0;
    },
  };
}

const inWords = (
  name: string,
  { auc, calibrationError, falselyHeld, recallHeld }: ReturnType<typeof shadowReport>['candidate'],
): string =>
  `${name.padEnd(10)}  AUC ${auc.toFixed(3)}  ECE ${calibrationError.toFixed(3)}  falsely held ${falselyHeld.count} of ` +
  `${falselyHeld.of}  caught ${recallHeld.count} of ${recallHeld.of}`;

/** @throws CommandFailure where there is no house, StoreError where it is running. */
const eachCase = (dataDir: string, work: (decided: DecidedCase) => void | Promise<void>): Promise<void> =>
  withDatabaseAtRest(dataDir, async (database) => {
    for await (const decided of decidedCases(database, loadProfileFiles())) await work(decided);
  });
