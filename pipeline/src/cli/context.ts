import type { Environment } from './environment.ts';
import type { Terminal } from './terminal.ts';

/** What every command is handed: where to speak, and what the environment held. */
export interface CommandContext extends Environment {
  readonly terminal: Terminal;
}
