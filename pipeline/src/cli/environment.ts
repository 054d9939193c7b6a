/** What the environment may hold. */
import type { OfficeConfig, TracesConfig } from '../config.ts';
import { readServerEnvironment, type ServerEnvironment } from './server-settings.ts';
import { readSetting } from './settings.ts';

export interface Environment {
  readonly apiToken: string | undefined;
  readonly devicePassword: string | undefined;
  readonly logLevel: string;
  readonly server: ServerEnvironment;
  readonly office: OfficeConfig;
  /** Undefined: no traces. */
  readonly traces: TracesConfig | undefined;
}

/** @throws CommandFailure (78) where a named file cannot be read. */
export const readEnvironment = (env: NodeJS.ProcessEnv): Environment => ({
  apiToken: readSetting(env, 'WAYSIDE_API_TOKEN'),
  devicePassword: readSetting(env, 'WAYSIDE_DEVICE_PASSWORD'),
  logLevel: env['WAYSIDE_LOG_LEVEL'] ?? 'warn',
  server: readServerEnvironment(env),
  office: officeOf(env),
  traces: tracesOf(env),
});

const DEFAULT_SHARE = 0.001;

/** The names are OpenTelemetry's own, where an empty value is none. Its default of every message would be too much here. */
function tracesOf(env: NodeJS.ProcessEnv): TracesConfig | undefined {
  const endpoint = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (!endpoint || env['OTEL_SDK_DISABLED'] === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none')
    return undefined;
  const service = env['OTEL_SERVICE_NAME'];
  return { endpoint, share: shareOf(env), ...(service && { service }) };
}

function shareOf(env: NodeJS.ProcessEnv): number {
  switch (env['OTEL_TRACES_SAMPLER']?.replace('parentbased_', '')) {
    case 'always_on':
      return 1;
    case 'always_off':
      return 0;
    default:
      return Number(env['OTEL_TRACES_SAMPLER_ARG'] || DEFAULT_SHARE);
  }
}

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
