import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';

/** The log of a command: standard error; readable on a terminal, JSON lines elsewhere. */
export function createLogger(level: string): Logger {
  const target = process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname' })
    : pino.destination({ dest: 2, sync: true });
  return pino({ level, base: null }, target);
}
