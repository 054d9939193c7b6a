import type { Logger } from 'pino';
import type { Output } from './output.ts';

/** What every command is handed. */
export interface CommandContext {
  readonly logger: Logger;
  readonly password: string | undefined;
  readonly output: (json: boolean) => Output;
}
