import type { Terminal } from './terminal.ts';

/** What every command is handed: where to speak, and what the environment held. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly apiToken: string | undefined;
  readonly devicePassword: string | undefined;
  readonly logLevel: string;
}
