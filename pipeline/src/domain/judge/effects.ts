/** What the judge takes in and gives out. The reducer itself is `judge.ts`. */
import type { ConductorReport } from '@wayside/contracts/conductor-report';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { SignalRecord } from '@wayside/contracts/signal-phases';
import type { Site, SiteRef } from '@wayside/contracts/site';
import type { EncounterVerdict, ReportVerdict, TrackSegment } from '@wayside/contracts/verdict';

/** One message of the log. */
export interface JudgeInput {
  readonly offset: number;
  readonly message: DeviceMessage;
}

/** What the judge may look up; both must answer the same for the same question, for ever. */
export interface JudgeContext {
  /** The geometry a batch was measured in, or undefined where the house never saw it. */
  site(ref: SiteRef): Site | undefined;
  /** The profile in force: by the site's own jurisdiction, else the house's default. */
  profile(jurisdiction: string | undefined): LawProfile;
}

/** Which message completed a verdict: detection-to-hold is counted from its `sentat`. */
export interface CompletedBy {
  readonly offset: number;
  readonly messageId: string;
  readonly sentAtMs: number;
}

export type JudgeEffect =
  | {
      readonly kind: 'encounter';
      readonly verdict: EncounterVerdict;
      readonly site: Site;
      readonly clock: ClockStatus;
      /** Vehicle first, then the pedestrians, over the window of the encounter. */
      readonly tracks: readonly TrackSegment[];
      /** What the vehicle's signal showed, where it passed one. */
      readonly signal?: SignalRecord;
      /** Envelope ids of the messages the window spans, in order. */
      readonly messages: readonly string[];
      readonly completedBy: CompletedBy;
    }
  | {
      readonly kind: 'report';
      readonly verdict: ReportVerdict;
      readonly report: ConductorReport;
      readonly messages: readonly string[];
      readonly completedBy: CompletedBy;
    }
  /** A message the judge could not use, and why: counted, never dropped in silence. */
  | {
      readonly kind: 'unusable';
      readonly offset: number;
      readonly reason: 'late' | 'unknown-site' | 'before-birth';
    };
