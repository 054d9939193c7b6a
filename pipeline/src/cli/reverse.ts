/** `wayside reverse`: takes back a list of mistakes that a person has read. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parseBatch, type ReversalBatch } from '../app/recompute/reversal-batch.ts';
import { reverseBatch, type ReversalReport } from '../app/recompute/reverse-batch.ts';
import { LedgerError } from '../app/ledger/ledger-error.ts';
import { openCaseHouse } from '../main/cases.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { withHouseAtRest } from './house-at-rest.ts';

interface ReverseOptions {
  readonly batch: string;
  readonly by: string;
  readonly dryRun?: true;
  readonly data: string;
  readonly json?: true;
}

export function reverseCommand({ terminal }: CommandContext): Command {
  return new Command('reverse')
    .description('give back the points of a batch of mistakes; what is done is not done twice')
    .requiredOption('--batch <file>', 'the list, as `wayside recompute --batch` writes it')
    .requiredOption('--by <login>', 'the officer who answers for it')
    .option('--dry-run', 'say what would happen, and keep nothing')
    .option('--data <dir>', 'the folder of the house (which must not be running)', '.wayside')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wayside reverse --batch back.json --by li --dry-run\n  wayside reverse --batch back.json --by li --json',
    )
    .action(async (options: ReverseOptions) => {
      const report = await run(options, (text) => terminal.progress(text));
      terminal.endProgress();
      if (options.json) terminal.json(report);
      else terminal.result(inWords(report));
    });
}

async function run(options: ReverseOptions, onProgress: (text: string) => void): Promise<ReversalReport> {
  const batch = readBatch(options.batch);
  const { by: officer, dryRun = false, data } = options;
  try {
    return await withHouseAtRest(data, async (store) =>
      reverseBatch(await openCaseHouse(store, data, Date.now), { batch, officer, dryRun, onProgress }),
    );
  } catch (error) {
    if (error instanceof LedgerError) throw new CommandFailure(error.message, 1);
    throw error;
  }
}

function readBatch(path: string): ReversalBatch {
  const parsed = parseBatch(readText(path));
  if (parsed.ok) return parsed.batch;
  throw new CommandFailure(`${path} is no batch of reversals:\n  ${parsed.faults.join('\n  ')}`, 2);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandFailure(`--batch: ${(error as Error).message}`, 2);
  }
}

function inWords({ batch, dryRun, items, counts, pointsGivenBack }: ReversalReport): string {
  const said = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
  return [
    ...items.map(
      ({ infraction, outcome, account, points }) =>
        `  ${infraction}  ${account ?? 'nobody'}  ${outcome}${points > 0 ? `, ${points} points` : ''}`,
    ),
    `batch ${batch}: ${said || 'nothing to do'}; ${pointsGivenBack} points ${dryRun ? 'would be given back; nothing was changed' : 'given back'}`,
  ].join('\n');
}
