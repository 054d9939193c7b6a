/** One value of the environment. A secret may also stand in a file: `WAYSIDE_API_TOKEN_FILE=/run/secrets/api-token`. */
import { readFileSync } from 'node:fs';
import { CommandFailure } from './failure.ts';

/** @throws CommandFailure (78) where a named file cannot be read. */
export function readSetting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const path = env[`${name}_FILE`];
  if (path === undefined) return env[name];
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new CommandFailure(`${name}_FILE: ${(error as Error).message}`, 78);
  }
}
