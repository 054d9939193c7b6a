/** `wayside-simulators sumo`: a scenario run by SUMO, and the truth of what SUMO has recorded. */
import { Command } from 'commander';
import { openTruthFile, type TruthFile } from '../live/truth-file.ts';
import { ProgramError } from '../sumo/run-program.ts';
import { runScenario } from '../sumo/run-scenario.ts';
import { listSumo, type SumoRecording } from '../sumo/sumo.ts';
import { sumoTruth } from '../sumo/sumo-truth.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { interruption } from './interruption.ts';
import type { Output } from './output.ts';
import { positive, seedOption } from './options.ts';

interface SumoCommandOptions {
  readonly out: string;
  readonly seed: number;
  readonly duration: number;
  readonly json?: true;
}

interface TruthCommandOptions {
  readonly out: string;
  readonly json?: true;
}

export function sumoCommand(context: CommandContext): Command {
  const command = new Command('sumo').description('crosswalks that SUMO has simulated, as a second opinion');
  command
    .command('run')
    .description("run a scenario with SUMO's netconvert and sumo, which must be installed")
    .argument('<scenario>', 'the folder of its plain files, e.g. simulators/examples/sumo')
    .requiredOption('--out <dir>', 'where the network, the routes and the floating-car data go')
    .addOption(seedOption())
    .option('--duration <seconds>', 'of simulated time', positive, 900)
    .option('--json', 'print one JSON object a line')
    .addHelpText(
      'after',
      `
Examples:
  wayside-simulators sumo run simulators/examples/sumo --out sumo-run
  wayside replay sumo-run --format sumo`,
    )
    .action((scenario: string, options: SumoCommandOptions) => run(scenario, options, context));
  command
    .command('truth')
    .description('write who did not mean to yield, and what the law says of each encounter (NDJSON)')
    .argument('<dir>', 'a folder with *.net.xml, *.rou.xml and *.fcd.xml or *.fcd.csv')
    .requiredOption('--out <file>', 'outside the system: nothing of it is ever published')
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', '\nExample:\n  wayside-simulators sumo truth sumo-run --out truth.ndjson')
    .action((dir: string, options: TruthCommandOptions) => truth(dir, options, context));
  return command;
}

async function run(scenario: string, options: SumoCommandOptions, context: CommandContext): Promise<void> {
  const { signal, end } = interruption();
  const { out: outDir, seed, duration: durationSeconds } = options;
  try {
    const ran = await runScenario({ scenarioDir: scenario, outDir, seed, durationSeconds, signal });
    if (typeof ran === 'string') throw new CommandFailure(ran, 2);
    context.output(options.json === true).line({ kind: 'done', ...ran, dir: outDir, seed, durationSeconds });
  } catch (error) {
    if (error instanceof ProgramError) throw new CommandFailure(error.message, 1);
    throw error;
  } finally {
    end();
  }
}

async function truth(dir: string, options: TruthCommandOptions, context: CommandContext): Promise<void> {
  const output = context.output(options.json === true);
  const { signal, end } = interruption();
  try {
    const listing = await listSumo({ dir, signal });
    if (listing.kind === 'faults') throw new CommandFailure(listing.faults.join('\n'), 2);
    const file = await openTruthFile(options.out);
    for (const ref of listing.recordings) tell(await ref.load(signal), file, output);
    await file.close();
  } finally {
    end();
  }
}

function tell(recording: SumoRecording, file: TruthFile, output: Output): void {
  const lines = { vehicle: 0, encounter: 0, 'no-encounters': 0 };
  for (const line of sumoTruth(recording)) {
    file.write(line);
    lines[line.kind]++;
    if (line.kind === 'no-encounters') output.line({ ...line });
  }
  const { clip, rejects } = recording;
  for (const row of rejects.rows) output.line({ kind: 'rejected', ...row });
  const { vehicle: vehicles, encounter: encounters } = lines;
  output.line({ kind: 'clip', clip, vehicles, encounters, rejected: rejects.count });
}
