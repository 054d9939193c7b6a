/** Many simulated streets, each with a camera agent of its own, until the signal. */
import { runCamera, type Speed } from '@wayside/edge/camera/agent';
import type { Frame, FrameSource } from '@wayside/edge/camera/frame-source';
import type { AgentHost } from '../agents/agent-host.ts';
import { cameraOfStreet } from '../street/site-of-plan.ts';
import type { StreetPlan } from '../street/plan.ts';
import type { SimulatedStreet } from './simulated-street.ts';

/** Resolves when the next frame may be shown. Rejects or resolves at once when aborted. */
export type Beat = (objects: number, signal: AbortSignal) => Promise<void>;

export interface FleetOptions {
  readonly host: AgentHost;
  readonly streets: readonly { readonly plan: StreetPlan; readonly street: SimulatedStreet }[];
  readonly speed: Speed;
  /** Made once for each camera. */
  readonly beat: () => Beat;
  readonly signal: AbortSignal;
  readonly onProgress: (totals: FleetTotals) => void;
}

export interface FleetTotals {
  readonly cameras: number;
  readonly messages: number;
  readonly observations: number;
  /** Messages not acknowledged in the end; they wait in the outbox for the next start. */
  readonly left: number;
}

const FLUSH_TIMEOUT_MS = 4_000;

export async function runFleet(options: FleetOptions): Promise<FleetTotals> {
  const counts = options.streets.map(() => ({ messages: 0, observations: 0, left: 0 }));
  const totals = (): FleetTotals => ({
    cameras: counts.length,
    messages: sum(counts.map(({ messages }) => messages)),
    observations: sum(counts.map(({ observations }) => observations)),
    left: sum(counts.map(({ left }) => left)),
  });
  await Promise.all(
    options.streets.map(async ({ plan, street }, index) => {
      const uplink = await options.host.open({
        device: cameraOfStreet(plan),
        kind: 'camera',
        site: street.site,
      });
      const result = await runCamera({
        uplink,
        source: sourceOf(street, options.beat()),
        tokens: options.host.tokens,
        speed: options.speed,
        clockStatus: street.clockStatus,
        signal: options.signal,
        flushTimeoutMs: FLUSH_TIMEOUT_MS,
        onProgress: ({ batches: messages, observations }) => {
          counts[index] = { messages, observations, left: 0 };
          options.onProgress(totals());
        },
      });
      counts[index] = { messages: result.batches, observations: result.observations, left: result.left };
    }),
  );
  return totals();
}

function sourceOf(street: SimulatedStreet, beat: Beat): FrameSource {
  return {
    site: street.site,
    async *frames(signal): AsyncGenerator<Frame> {
      let objects = 0;
      while (!signal.aborted) {
        await beat(objects, signal);
        const frame = street.next();
        objects = frame?.objects.length ?? 0;
        if (frame) yield frame;
      }
    },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
