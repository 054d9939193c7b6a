/** What the environment may hold. A secret may also stand in a file: `WAYSIDE_API_TOKEN_FILE=/run/secrets/api-token`. */
import { readFileSync } from 'node:fs';
import { CommandFailure } from './failure.ts';

export interface Environment {
  readonly apiToken: string | undefined;
  readonly devicePassword: string | undefined;
  readonly logLevel: string;
}

/** @throws CommandFailure (78) where a named file cannot be read. */
export const readEnvironment = (env: NodeJS.ProcessEnv): Environment => ({
  apiToken: secret(env, 'WAYSIDE_API_TOKEN'),
  devicePassword: secret(env, 'WAYSIDE_DEVICE_PASSWORD'),
  logLevel: env['WAYSIDE_LOG_LEVEL'] ?? 'warn',
});

function secret(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const path = env[`${name}_FILE`];
  if (path === undefined) return env[name];
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new CommandFailure(`${name}_FILE: ${(error as Error).message}`, 78);
  }
}
