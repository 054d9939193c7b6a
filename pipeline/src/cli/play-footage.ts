/** Footage from the simulators' own program: deployables meet only in contracts (docs/decisions/0003). */
import { FootageLine } from '@wayside/contracts/footage';
import { Compile } from 'typebox/compile';
import type { FootageRun } from '../app/evaluation/gather.ts';
import { CommandFailure } from './failure.ts';
import { runSimulators } from './tool.ts';

const isLine = Compile(FootageLine);

/** @throws CommandFailure where a line is not footage, or the program ends in failure. */
export async function playFootage(run: FootageRun, onLine: (line: FootageLine) => void): Promise<void> {
  let strange: string | undefined;
  const tool = runSimulators(argumentsOf(run), (line) => {
    if (isLine.Check(line)) onLine(line);
    else strange ??= line.kind;
  });
  const stop = (): void => {
    tool.stop();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const code = await tool.ended;
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (strange !== undefined)
    throw new CommandFailure(`a line of the footage is not as agreed: ${strange}`, 1);
  if (code !== 0) throw new CommandFailure(`the footage ended with exit code ${code ?? 'none (killed)'}`, 1);
}

const argumentsOf = ({
  seed,
  severity,
  light,
  sites,
  seconds,
  lawless,
  unsurveyed,
}: FootageRun): string[] => [
  'footage',
  ...['--seed', String(seed), '--severity', severity, '--light', light, '--sites', String(sites)],
  ...['--duration', String(seconds), '--unsurveyed', String(unsurveyed)],
  ...(lawless === undefined ? [] : ['--lawless', String(lawless)]),
];
