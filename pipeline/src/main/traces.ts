import type { Lifecycle } from '../app/lifecycle.ts';
import type { Tracer } from '../app/trace.ts';
import { ROLES } from '../server-config.ts';
import type { HouseParts } from './house-parts.ts';
import { processName } from './process-name.ts';
import { VERSION } from './version.ts';

/** Loads OpenTelemetry only where somebody listens: the house must not start later for what it does not use. */
export async function openTraces(
  { config, logger }: HouseParts,
  lifecycle: Lifecycle,
): Promise<Tracer | undefined> {
  const { traces, server } = config;
  if (!traces) return undefined;
  const { openOtelTracer } = await import('../adapters/otel-tracer.ts');
  const roles = server?.roles ?? ROLES;
  const service = roles.length === ROLES.length ? 'wayside' : `wayside-${roles.join('-')}`;
  const tracer = openOtelTracer({
    service,
    ...traces,
    version: VERSION,
    instance: processName(),
    logger,
  });
  lifecycle.onClose('traces', () => tracer.close());
  logger.info({ endpoint: traces.endpoint, share: traces.share }, 'traces are told');
  return tracer;
}
