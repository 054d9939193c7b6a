/** The process and the books as Prometheus reads them. The books are asked for at each scrape and kept nowhere. */
import type { Counters } from '@wayside/contracts/http';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ReviewerFindings } from '../app/learning/decided-cases.ts';
import type { LiveBus } from '../app/live-bus.ts';

export interface Metrics {
  readonly contentType: string;
  /** Where the books cannot be read, `wayside_books_readable` is 0 and they are left out, rather than shown as zeros. */
  readonly text: () => Promise<string>;
  readonly close: () => void;
}

/** Seconds; the promise is 1. */
const HOLD_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 60];

export function createMetrics(of: {
  readonly counters: () => Promise<Counters>;
  readonly bus: LiveBus;
  readonly logger: Logger;
  /** Of the process that judges. */
  readonly model?: ModelHealth;
  readonly findings?: () => Promise<ReviewerFindings>;
}): Metrics {
  const process = new Registry();
  collectDefaultMetrics({ register: process });
  const stop = timeHolds(process, of.bus);
  watchModel(process, of);
  return {
    contentType: process.contentType,
    text: async () => Registry.merge([process, booksRegistry(await readBooks(of))]).metrics(),
    close: () => {
      stop();
      process.clear();
    },
  };
}

export interface ModelHealth {
  /** By group of inputs. */
  readonly drift: () => Readonly<Record<string, number>>;
}

/** Asked at each scrape: has the world moved away from what was learnt, and do people still agree? */
function watchModel(
  registry: Registry,
  of: {
    readonly logger: Logger;
    readonly model?: ModelHealth;
    readonly findings?: () => Promise<ReviewerFindings>;
  },
): void {
  const { model, findings } = of;
  if (model)
    new Gauge({
      name: 'wayside_model_input_psi',
      help: 'Largest population stability index of a group of inputs against training; above 0.25 much has moved.',
      labelNames: ['group'],
      registers: [registry],
      collect() {
        for (const [group, index] of Object.entries(model.drift())) this.set({ group }, index);
      },
    });
  if (findings)
    new Gauge({
      name: 'wayside_reviewer_findings',
      help: 'Cases of the last 30 days by what people found of the accusation.',
      labelNames: ['finding'],
      registers: [registry],
      async collect() {
        const found = await findings().catch((error: unknown) => {
          of.logger.warn({ err: error }, 'what reviewers found could not be read for a scrape');
        });
        if (!found) return;
        this.set({ finding: 'right' }, found.right);
        this.set({ finding: 'wrong' }, found.wrong);
      },
    });
}

async function readBooks(of: {
  readonly counters: () => Promise<Counters>;
  readonly logger: Logger;
}): Promise<Counters | undefined> {
  try {
    return await of.counters();
  } catch (error) {
    of.logger.warn({ err: error }, 'the books could not be read for a scrape');
    return undefined;
  }
}

/** @returns the function that ends the subscription. */
function timeHolds(registry: Registry, bus: LiveBus): () => void {
  const histogram = new Histogram({
    name: 'wayside_detection_to_hold_seconds',
    help: 'From the sending of the message that completed an encounter to the committed hold.',
    buckets: HOLD_BUCKETS,
    registers: [registry],
  });
  return bus.subscribe((event) => {
    if (event.kind !== 'hold' || event.detectionToHoldMs === null) return;
    // A device whose clock runs ahead would make time run backwards.
    histogram.observe(Math.max(0, event.detectionToHoldMs) / 1000);
  });
}

function booksRegistry(books: Counters | undefined): Registry {
  const registry = new Registry();
  const readable = new Gauge({
    name: 'wayside_books_readable',
    help: '1 where the books could be read for this scrape.',
    registers: [registry],
  });
  readable.set(books ? 1 : 0);
  if (books) for (const entry of BOOKS) enter(registry, entry, books);
  return registry;
}

interface Entry {
  readonly type: 'counter' | 'gauge';
  readonly name: string;
  readonly help: string;
  /** The name of the label, where the value is one a label value. */
  readonly label?: string;
  readonly value: (books: Counters) => number | Readonly<Record<string, number>>;
}

const BOOKS: readonly Entry[] = [
  {
    type: 'gauge',
    name: 'wayside_books_balanced',
    help: '1 where at every stage what came in is the sum of where it went.',
    value: ({ balanced }) => (balanced ? 1 : 0),
  },
  {
    type: 'counter',
    name: 'wayside_intake_received_total',
    help: 'Messages that devices published here.',
    value: ({ intake }) => intake.received,
  },
  {
    type: 'counter',
    name: 'wayside_intake_messages_total',
    help: 'Messages acknowledged, by what became of them.',
    label: 'outcome',
    value: ({ intake }) => ({
      stored: intake.stored,
      duplicate: intake.duplicate,
      dead_lettered: intake.deadLettered,
    }),
  },
  {
    type: 'gauge',
    name: 'wayside_intake_in_flight',
    help: 'Messages received and not acknowledged yet.',
    value: ({ intake }) => intake.inFlight,
  },
  {
    type: 'counter',
    name: 'wayside_judge_messages_total',
    help: 'Stored messages that were judged.',
    value: ({ judge }) => judge.judged,
  },
  {
    type: 'gauge',
    name: 'wayside_judge_waiting',
    help: 'Stored messages that wait for the judge.',
    value: ({ judge }) => judge.waiting,
  },
  {
    type: 'counter',
    name: 'wayside_judge_observations_total',
    help: 'Observations that were judged.',
    value: ({ judge }) => judge.observations,
  },
  {
    type: 'counter',
    name: 'wayside_judge_late_total',
    help: 'Messages that came too late to be judged.',
    value: ({ judge }) => judge.late,
  },
  {
    type: 'counter',
    name: 'wayside_verdicts_total',
    help: 'Verdicts recorded, by outcome.',
    label: 'outcome',
    value: ({ record: { infraction, clear, undecided } }) => ({ infraction, clear, undecided }),
  },
  {
    type: 'gauge',
    name: 'wayside_holds',
    help: 'Infractions, by the state of their hold.',
    label: 'state',
    value: ({ holds: { held, pending, unidentified, none } }) => ({ held, pending, unidentified, none }),
  },
];

function enter(registry: Registry, { type, name, help, label, value }: Entry, books: Counters): void {
  const options = { name, help, labelNames: label === undefined ? [] : [label], registers: [registry] };
  const samples = samplesOf(value(books), label);
  if (type === 'counter') {
    const counter = new Counter(options);
    for (const { labels, amount } of samples) counter.inc(labels, amount);
  } else {
    const gauge = new Gauge(options);
    for (const { labels, amount } of samples) gauge.set(labels, amount);
  }
}

interface Sample {
  readonly labels: Record<string, string>;
  readonly amount: number;
}

const samplesOf = (value: ReturnType<Entry['value']>, label = ''): readonly Sample[] =>
  typeof value === 'number'
    ? [{ labels: {}, amount: value }]
    : Object.entries(value).map(([name, amount]) => ({ labels: { [label]: name }, amount }));
