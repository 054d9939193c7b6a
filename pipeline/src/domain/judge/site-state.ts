/** What the judge remembers of one site as one device sees it. Bounded: see `follow.ts`. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { SiteModel } from '../encounter/site-model.ts';
import type { KeptBatch } from './kept-batch.ts';
import type { JudgeLimits } from './limits.ts';
import type { EndedPassage, Passage } from './passage.ts';
import type { Shadow } from './shadow.ts';
import type { SignalBook } from './signals/signal-book.ts';

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
  readonly signals: SignalBook;
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

/** Where it must be read from again. */
export function neededFrom(site: SiteState): number {
  let from = site.lastOffset;
  for (const passage of site.open.values()) from = Math.min(from, passage.resumeFrom);
  for (const { passage } of site.ended) from = Math.min(from, passage.resumeFrom);
  return from;
}
