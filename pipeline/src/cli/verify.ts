/** `wayside verify`: recomputes counters, ledger, evidence and every verdict from the stored rows, by a separate path. */
import { Command } from 'commander';
import { verifyData } from './verify-data.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';

export function verifyCommand({ terminal }: CommandContext): Command {
  return new Command('verify')
    .description(
      'recompute counters, ledger, evidence and verdicts from the stored rows; exit 1 on any difference',
    )
    .option('--data <dir>', 'the folder of the house (which must not be running)', '.wayside')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExamples:\n  wayside verify\n  wayside verify --data /srv/wayside --json')
    .action(async (options: { data: string; json?: true }) => {
      const report = await verifyData(options.data, (text) => terminal.progress(text));
      terminal.endProgress();
      if (options.json) terminal.json(report);
      else
        terminal.result(
          report.checks.map(({ ok, name, detail }) => `${ok ? '✓' : '✗'} ${name}: ${detail}`).join('\n'),
        );
      if (!report.ok) throw new CommandFailure('what is stored contradicts itself; see above', 1);
    });
}
