/** Entry of `wayside-edge`: takes from the process what the commands need, and ends it with their exit code. */
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { runProgram } from './cli/program.ts';

const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

const stopping = new AbortController();
const onSignal = () => {
  if (stopping.signal.aborted) process.exit(130);
  stopping.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

process.exitCode = await runProgram(
  process.argv.slice(2),
  {
    env: process.env,
    input: process.stdin,
    write: (text) => process.stdout.write(text),
    logger: pino({ level: logLevel(process.env.WAYSIDE_LOG_LEVEL) }, pino.destination({ fd: 2, sync: true })),
    signal: stopping.signal,
    software: `${name} ${version}`,
  },
  (text) => process.stderr.write(text),
);
process.removeListener('SIGINT', onSignal);
process.removeListener('SIGTERM', onSignal);

function logLevel(wanted = 'warn'): string {
  if (wanted in pino.levels.values || wanted === 'silent') return wanted;
  process.stderr.write(`error: WAYSIDE_LOG_LEVEL "${wanted}" is none of pino's levels\n`);
  return process.exit(2);
}
