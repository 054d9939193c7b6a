/** What the environment may hold. */
import type { OfficeConfig } from '../config.ts';
import { readServerEnvironment, type ServerEnvironment } from './server-settings.ts';
import { readSetting } from './settings.ts';

export interface Environment {
  readonly apiToken: string | undefined;
  readonly devicePassword: string | undefined;
  readonly logLevel: string;
  readonly server: ServerEnvironment;
  readonly office: OfficeConfig;
}

/** @throws CommandFailure (78) where a named file cannot be read. */
export const readEnvironment = (env: NodeJS.ProcessEnv): Environment => ({
  apiToken: readSetting(env, 'WAYSIDE_API_TOKEN'),
  devicePassword: readSetting(env, 'WAYSIDE_DEVICE_PASSWORD'),
  logLevel: env['WAYSIDE_LOG_LEVEL'] ?? 'warn',
  server: readServerEnvironment(env),
  office: officeOf(env),
});

/** Half of a pair is kept as an empty string, so that the configuration names what is missing. */
function officeOf(env: NodeJS.ProcessEnv): OfficeConfig {
  const name = env['WAYSIDE_OFFICE_NAME'];
  const publicUrl = env['WAYSIDE_PUBLIC_URL'];
  const smtpUrl = readSetting(env, 'WAYSIDE_SMTP_URL');
  const webhookUrl = env['WAYSIDE_LETTER_WEBHOOK_URL'];
  return {
    ...(name !== undefined && { name }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(smtpUrl !== undefined && { smtp: { url: smtpUrl, from: env['WAYSIDE_MAIL_FROM'] ?? '' } }),
    ...(webhookUrl !== undefined && {
      webhook: { url: webhookUrl, secret: readSetting(env, 'WAYSIDE_LETTER_WEBHOOK_SECRET') ?? '' },
    }),
  };
}
