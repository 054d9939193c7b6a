/**
 * OpenTelemetry: spans in batches to a collector, by OTLP over HTTP. A collector that is slow or away costs spans, which
 * are counted, and never anything else: what waits is bounded, and nobody waits for it.
 */
import { ROOT_CONTEXT, trace, TraceFlags, type Attributes, type Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  RandomIdGenerator,
  SamplingDecision,
  TraceIdRatioBasedSampler,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { Span, Tracer } from '../app/trace.ts';
import { spanIdOf, traceIdOf } from './trace-ids.ts';

export interface OtelTracerOptions {
  /** Of the collector, without `v1/traces`. */
  readonly endpoint: string;
  /** Of all messages, 0 to 1; infractions and holds are told always. */
  readonly share: number;
  readonly service: string;
  readonly version: string;
  /** This process and no other. */
  readonly instance: string;
  readonly logger: Logger;
  /** Spans that wait or are on their way; 4096 where absent. */
  readonly maxWaiting?: number;
}

export interface OtelTracer extends Tracer {
  /** Since the start. */
  readonly counters: () => { readonly exported: number; readonly lost: number; readonly waiting: number };
  /** Sends what waits, and waits for it a moment only. Never rejects. */
  readonly close: () => Promise<void>;
}

const MAX_WAITING = 4_096;
const MAX_BATCH = 512;
const EXPORT_TIMEOUT_MS = 3_000;
/** Less than what the last of a late stop is given (app/lifecycle.ts); what is on its way then still arrives. */
const CLOSE_TIMEOUT_MS = 200;

export function openOtelTracer(options: OtelTracerOptions): OtelTracer {
  const { endpoint, share, logger, maxWaiting = MAX_WAITING } = options;
  const book = createBook(logger);
  const exporter = counted(
    new OTLPTraceExporter({ url: tracesUrl(endpoint), timeoutMillis: EXPORT_TIMEOUT_MS }),
    book,
  );
  const ids = createIds();
  const provider = new BasicTracerProvider({
    resource: resourceOf(options),
    sampler: new AlwaysOnSampler(), // what is not sampled does not come as far as here
    idGenerator: ids,
    spanProcessors: [
      new BatchSpanProcessor(exporter, { maxQueueSize: maxWaiting, maxExportBatchSize: MAX_BATCH }),
    ],
  });
  const tracer = provider.getTracer('wayside');
  const isSampled = samplerOf(share);

  const send = (span: Span, traceId: string, sampled: boolean): void => {
    ids.set(traceId, span);
    tracer
      .startSpan(
        span.name,
        { startTime: new Date(span.startMs), attributes: attributesOf(span) },
        parentOf(span, traceId, sampled),
      )
      .end(new Date(Math.max(span.startMs, span.endMs)));
  };
  return {
    tell: (span) => {
      const traceId = traceIdOf(span.message);
      const sampled = isSampled(traceId);
      if (!sampled && !isAlwaysTold(span)) return;
      if (book.waiting() >= maxWaiting) {
        book.lose(1);
        return;
      }
      book.take();
      try {
        send(span, traceId, sampled);
      } catch (error) {
        book.failed(1, error as Error); // intake and judge have done their work: they must not hear of this
      }
    },
    counters: book.counters,
    close: () => within(CLOSE_TIMEOUT_MS, provider.shutdown()),
  };
}

const tracesUrl = (endpoint: string): string =>
  new URL('v1/traces', endpoint.endsWith('/') ? endpoint : `${endpoint}/`).href;

const resourceOf = ({ service, version, instance }: OtelTracerOptions) =>
  resourceFromAttributes({
    'service.name': service,
    'service.version': version,
    'service.instance.id': instance,
  });

/** The decision is a function of the trace id, so that all processes come to the same. */
function samplerOf(share: number): (traceId: string) => boolean {
  const sampler = new TraceIdRatioBasedSampler(share);
  return (traceId) =>
    sampler.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
}

/** Few, and what people ask about. */
const isAlwaysTold = (span: Span): boolean =>
  span.name === 'hold' || (span.name === 'judge' && span.infractions.length > 0);

/** Spans are made one after the other: the ids of the next one are laid ready. */
function createIds() {
  const random = new RandomIdGenerator();
  let traceId = '';
  let spanId = '';
  return {
    set: (ofTrace: string, span: Span) => {
      traceId = ofTrace;
      spanId = ownIdOf(span) ?? random.generateSpanId();
    },
    generateTraceId: () => traceId,
    generateSpanId: () => spanId,
  };
}

/** What happens once a message has an id that others find; it may come twice, and lead to many holds. */
function ownIdOf(span: Span): string | undefined {
  if (span.name === 'judge') return spanIdOf('judge', span.message);
  return span.name === 'intake' && span.outcome === 'stored' ? spanIdOf('intake', span.message) : undefined;
}

/** Only a parent that is told itself: the intake of a message that nobody sampled is not. */
function parentOf(span: Span, traceId: string, sampled: boolean): Context {
  const below = (name: 'intake' | 'judge'): Context =>
    trace.setSpanContext(ROOT_CONTEXT, {
      traceId,
      spanId: spanIdOf(name, span.message),
      traceFlags: TraceFlags.SAMPLED,
      isRemote: true,
    });
  switch (span.name) {
    case 'intake':
      return span.outcome === 'duplicate' ? below('intake') : ROOT_CONTEXT;
    case 'judge':
      return sampled ? below('intake') : ROOT_CONTEXT;
    case 'hold':
      return below('judge');
  }
}

function attributesOf(span: Span): Attributes {
  const message = { 'wayside.message': span.message };
  switch (span.name) {
    case 'intake':
      return { ...message, 'wayside.device': span.device, 'wayside.outcome': span.outcome };
    case 'judge':
      return {
        ...message,
        'wayside.device': span.device,
        'wayside.site': span.site,
        'wayside.partition': span.partition,
        'wayside.offset': span.offset,
        'wayside.infractions': [...span.infractions],
      };
    case 'hold':
      return {
        ...message,
        'wayside.infraction': span.infraction,
        'wayside.hold': span.hold,
        'wayside.detection_to_hold_ms': span.detectionToHoldMs,
      };
  }
}

interface Book {
  readonly take: () => void;
  readonly exported: (spans: number) => void;
  readonly failed: (spans: number, error: Error | undefined) => void;
  readonly lose: (spans: number) => void;
  readonly waiting: () => number;
  readonly counters: OtelTracer['counters'];
}

/** taken = exported + lost on the way + waiting. Said once when losses begin, and once when they have ended. */
function createBook(logger: Logger): Book {
  let exported = 0;
  let lost = 0;
  let waiting = 0;
  let losing = false;
  const lose = (spans: number, error?: Error): void => {
    lost += spans;
    if (!losing)
      logger.warn(
        { err: error, lost },
        'spans are lost: the collector is away, or too slow; the house goes on',
      );
    losing = true;
  };
  return {
    take: () => {
      waiting += 1;
    },
    exported: (spans) => {
      waiting -= spans;
      exported += spans;
      if (losing) logger.info({ lost }, 'the collector takes spans again');
      losing = false;
    },
    failed: (spans, error) => {
      waiting -= spans;
      lose(spans, error);
    },
    lose,
    waiting: () => waiting,
    counters: () => ({ exported, lost, waiting }),
  };
}

function counted(exporter: SpanExporter, book: Book): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error) book.failed(spans.length, result.error);
        else book.exported(spans.length);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}

async function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([work.catch(() => undefined), expiry]); // what was lost has been counted and said
  clearTimeout(timer);
}
