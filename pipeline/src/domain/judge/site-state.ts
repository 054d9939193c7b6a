/** What the judge remembers of one site as one device sees it. Bounded: see `follow.ts`. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { SiteModel } from '../encounter/site-model.ts';
import type { KeptBatch } from './kept-batch.ts';
import type { EndedPassage, Passage } from './passage.ts';

/**
 * Offsets in (after, upTo] at which a fresh reader must not begin: it would take for good a message that was late
 * because of one it did not read. It begins at `after` instead.
 */
export interface Shadow {
  readonly after: number;
  readonly upTo: number;
}

/** Bounds of what a judge remembers; a test may draw them tighter. */
export interface JudgeLimits {
  /** Observations of a site after which a passage is ended, whatever it does: 7 min of 16 objects 30 times a second. */
  readonly keptObservations: number;
  /** A site silent for this many messages of the log is closed: a device that died must not hold the resume offset. */
  readonly silentMessages: number;
}

export const JUDGE_LIMITS: JudgeLimits = { keptObservations: 200_000, silentMessages: 100_000 };

/** The geometry and law that stay the same from one message to the next. */
export interface Setting {
  readonly version: string;
  readonly site: Site;
  readonly model: SiteModel;
  readonly profile: LawProfile;
}

export interface SiteState {
  /** Among the sites of a judge. */
  readonly key: string;
  readonly device: string;
  readonly siteId: string;
  readonly bootId: string;
  readonly limits: JudgeLimits;
  setting: Setting;
  /** Of the last message taken for good. */
  lastSequence: number;
  lastFrameMs: number;
  lastOffset: number;
  /** Of the last message of any kind: silence is counted from here. */
  seenOffset: number;
  /** Observations taken so far. */
  counted: number;
  kept: KeptBatch[];
  readonly open: Map<string, Passage>;
  ended: EndedPassage[];
  shadows: Shadow[];
  /** Its neighbours in order of silence, see `silence.ts`. */
  before: SiteState | undefined;
  after: SiteState | undefined;
}

const MAX_SHADOWS = 16;

/** Late messages are rare; where a device sends many, the oldest shadows melt into one, which only reads more again. */
export function castShadow(state: SiteState, shadow: Shadow): void {
  state.shadows.push(shadow);
  if (state.shadows.length <= MAX_SHADOWS) return;
  const [first, second, ...rest] = state.shadows as [Shadow, Shadow, ...Shadow[]];
  const melted = { after: Math.min(first.after, second.after), upTo: Math.max(first.upTo, second.upTo) };
  state.shadows = [melted, ...rest];
}
