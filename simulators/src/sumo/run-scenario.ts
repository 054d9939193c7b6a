/**
 * Runs a scenario with SUMO's own programs: `netconvert` makes the network of its plain files (NAME.nod.xml,
 * NAME.edg.xml, NAME.con.xml), `sumo` moves what NAME.rou.xml lets loose. The seed is given, so that the same scenario
 * and seed make the same floating-car data with the same version of SUMO.
 */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { STEP_SECONDS } from '../street/plan.ts';
import { runProgram } from './run-program.ts';

export interface ScenarioRun {
  readonly scenarioDir: string;
  /** Where the network, the route file and the floating-car data go; what a run before left there is overwritten. */
  readonly outDir: string;
  readonly seed: number;
  readonly durationSeconds: number;
  readonly signal: AbortSignal;
}

/** @returns the scenario's name, or what is wrong with its folder. @throws ProgramError */
export async function runScenario(run: ScenarioRun): Promise<{ readonly name: string } | string> {
  const { scenarioDir, outDir, signal } = run;
  const files = await readdir(scenarioDir).catch((error: unknown) => error as Error);
  if (files instanceof Error) return `${scenarioDir}: ${files.message}`;
  const names = files.filter((file) => file.endsWith('.nod.xml')).map((file) => file.slice(0, -8));
  const [name] = names;
  if (name === undefined || names.length > 1)
    return `${scenarioDir}: holds ${names.length} files *.nod.xml where it must hold one`;
  const missing = ['edg', 'con', 'rou']
    .map((part) => `${name}.${part}.xml`)
    .filter((file) => !files.includes(file));
  if (missing.length > 0) return `${scenarioDir}: has no ${missing.join(', ')}`;
  await mkdir(outDir, { recursive: true });
  await copyFile(join(scenarioDir, `${name}.rou.xml`), join(outDir, `${name}.rou.xml`));
  await runProgram('netconvert', netconvertArguments(run, name), signal);
  await runProgram('sumo', sumoArguments(run, name), signal);
  return { name };
}

function netconvertArguments({ scenarioDir, outDir }: ScenarioRun, name: string): readonly string[] {
  const file = (part: string): string => join(scenarioDir, `${name}.${part}.xml`);
  return [
    ...['--node-files', file('nod'), '--edge-files', file('edg'), '--connection-files', file('con')],
    ...['--no-turnarounds', 'true', '--output-file', join(outDir, `${name}.net.xml`)],
  ];
}

function sumoArguments(run: ScenarioRun, name: string): readonly string[] {
  const file = (part: string): string => join(run.outDir, `${name}.${part}.xml`);
  return [
    ...['--net-file', file('net'), '--route-files', file('rou'), '--fcd-output', file('fcd')],
    ...[
      '--step-length',
      String(STEP_SECONDS),
      '--seed',
      String(run.seed),
      '--end',
      String(run.durationSeconds),
    ],
    ...['--no-step-log', 'true', '--no-warnings', 'true', '--xml-validation', 'never'],
  ];
}
