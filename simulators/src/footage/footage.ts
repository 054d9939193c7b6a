/** A simulated street as fast as it can be made: a camera's messages beside the truth, for training and evaluation. */
import { createHash } from 'node:crypto';
import { contentHash } from '@wayside/contracts/canonical';
import { envelopeFields, MESSAGE_TYPES } from '@wayside/contracts/envelope';
import type { FootageLine, FootageMessage } from '@wayside/contracts/footage';
import type { ObservationBatch } from '@wayside/contracts/observation-batch';
import { memoised } from '@wayside/edge/camera/memoised';
import type { Site } from '@wayside/contracts/site';
import { createBatcher, type GatheredBatch } from '@wayside/edge/domain/batcher';
import { tokensOf, type Tokens } from '@wayside/edge/tokens';
import type { Severity } from '../camera/severity.ts';
import { simulateStreet, type SimulatedStreet, type TruthLine } from '../live/simulated-street.ts';
import { STEP_SECONDS, type StreetPlan } from '../street/plan.ts';
import { cameraOfStreet } from '../street/site-of-plan.ts';

export interface FootageOptions {
  readonly plan: StreetPlan;
  readonly seed: number;
  readonly severity: Severity;
  readonly seconds: number;
  /** False: the operator drew no lanes and no stop lines, as in many recordings. */
  readonly surveyed?: boolean;
}

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const BATCH_MS = 1000;
const REMEMBERED_PLATES = 1000;

/** The same options give the same lines. */
export function* footageOf(options: FootageOptions): Generator<FootageLine> {
  const { plan, seed, severity, seconds, surveyed = true } = options;
  const truth: TruthLine[] = [];
  const onTruth = (line: TruthLine): void => void truth.push(line);
  const street = simulateStreet({ plan, seed, severity, startMs: START_MS, onTruth });
  const tokens = tokensOf(createHash('sha256').update(`footage ${seed}`).digest());
  const site = surveyed ? street.site : withoutLanes(street.site);
  const version = contentHash(site);
  yield { kind: 'scene', site, version, seed, severity, layout: plan.layout, light: plan.light };
  const sent = messagesOf(street, plan, version);
  const batcher = createBatcher({
    batchMs: BATCH_MS,
    plateOf: memoised((text) => tokens.plate(text), REMEMBERED_PLATES),
  });
  for (let step = 0; step < seconds / STEP_SECONDS; step++) {
    const frame = street.next();
    const batches = frame ? batcher.add(frame).batches : [];
    for (const batch of batches) yield sent(batch);
    for (const line of truth.splice(0)) yield footageTruth(line, tokens);
  }
  const last = batcher.flush();
  if (last) yield sent(last);
}

const withoutLanes = (site: Site): Site => ({
  ...site,
  approaches: site.approaches.map(({ id, headingRadians }) => ({ id, headingRadians, lanes: [] })),
});

function messagesOf(
  street: SimulatedStreet,
  plan: StreetPlan,
  version: string,
): (gathered: GatheredBatch) => FootageMessage {
  const device = cameraOfStreet(plan);
  let sequence = 0;
  return (gathered) => {
    sequence++;
    const { startMs } = gathered.frames;
    const fields = envelopeFields({
      type: MESSAGE_TYPES.observations,
      device,
      bootId: 'footage',
      sequence,
      timeMs: startMs,
      sentAtMs: startMs + BATCH_MS,
    });
    const data: ObservationBatch = {
      site: { id: plan.id, version },
      clock: street.clockStatus(),
      ...gathered,
    };
    return { kind: 'message', message: { ...fields, type: MESSAGE_TYPES.observations, data } };
  };
}

/** Plates leave as the tokens a camera would have made of them; objects under one name in all lines. */
function footageTruth(line: TruthLine, tokens: Tokens): FootageLine {
  if (line.kind === 'track') return { ...line, object: line.object?.replace(/^[a-z]/, '') ?? null };
  return { ...line, plate: line.plate === null ? null : (tokens.plate(line.plate) ?? null) };
}
