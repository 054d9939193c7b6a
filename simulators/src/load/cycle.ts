/**
 * What a fleet shows: a few streets, simulated beforehand into messages of a second, which every camera goes round and
 * round, each from another point. So a benchmark measures the house and not its simulator.
 */
import { countObservations } from '@wayside/contracts/observation-batch';
import { memoised } from '@wayside/edge/camera/memoised';
import { createBatcher, type GatheredBatch } from '@wayside/edge/domain/batcher';
import type { Tokens } from '@wayside/edge/tokens';
import type { Site } from '@wayside/contracts/site';
import { simulateStreet } from '../live/simulated-street.ts';
import { planStreets } from '../street/layouts.ts';
import { STEP_SECONDS } from '../street/plan.ts';

export interface Cycle {
  readonly site: Site;
  readonly batches: readonly ReadyBatch[];
  readonly observations: number;
}

/** A message of a second as JSON, up to what differs from camera to camera and from round to round. */
interface ReadyBatch {
  readonly observations: number;
  readonly dtMs: string;
  /** The objects, cut where their tracks name the round. */
  readonly objects: readonly string[];
}

export const BATCH_MS = 1000;
const CYCLE_SECONDS = 90;
const MOST_STREETS = 12;
const REMEMBERED_PLATES = 2000;
const BUSYNESS = 1.6;
/** Of the pedestrians: who steps out whether cars come or not is who there are encounters with. */
const DARING_SHARE = 0.9;

export interface CycleOptions {
  readonly seed: number;
  readonly sites: number;
  readonly tokens: Tokens;
  /** Of the drivers, 0 to 1. */
  readonly lawlessShare: number;
}

export function makeCycles({ seed, sites, tokens, lawlessShare }: CycleOptions): readonly Cycle[] {
  const plans = planStreets({
    seed,
    sites: Math.min(sites, MOST_STREETS),
    busyness: BUSYNESS,
    lawlessShare,
    daringShare: DARING_SHARE,
  });
  const plateOf = memoised((text: string) => tokens.plate(text), REMEMBERED_PLATES);
  return plans.map((plan) => {
    const street = simulateStreet({ plan, seed, severity: 'fair', startMs: 0 });
    const batcher = createBatcher({ batchMs: BATCH_MS, plateOf });
    const batches: ReadyBatch[] = [];
    for (let step = 0; step < CYCLE_SECONDS / STEP_SECONDS; step++) {
      const frame = street.next();
      if (frame) batches.push(...batcher.add(frame).batches.map(readyBatch));
    }
    return { site: street.site, batches, observations: sumOf(batches) };
  });
}

const sumOf = (batches: readonly ReadyBatch[]): number =>
  batches.reduce((sum, { observations }) => sum + observations, 0);

const EMPTY = { site: { id: '', version: '' }, clock: { state: 'synchronised' } } as const;

/** Stands in no name and no token. */
const ROUND = '#';

const readyBatch = (batch: GatheredBatch): ReadyBatch => ({
  observations: countObservations({ ...EMPTY, ...batch }),
  dtMs: JSON.stringify(batch.frames.dtMs),
  objects: JSON.stringify(
    batch.objects.map((object) => ({ ...object, track: `${object.track}.${ROUND}` })),
  ).split(ROUND),
});

const CLOCK = JSON.stringify({ state: 'synchronised', maxErrorMs: 50 });

/** An observation batch as JSON. @param round in which it is seen: tracks of two rounds are not one. */
export const batchJson = (
  { dtMs, objects }: ReadyBatch,
  of: { readonly site: string; readonly startMs: number; readonly round: number },
): string =>
  `{"site":${of.site},"clock":${CLOCK},"frames":{"startMs":${of.startMs},"dtMs":${dtMs}},` +
  `"objects":${objects.join(String(of.round))}}`;
