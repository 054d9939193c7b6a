/** What a score is made of: all of it stands in a verdict's evidence, so that a score can be made again from that alone. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { EncounterVerdict, TrackSegment } from '@wayside/contracts/verdict';

export interface EncounterInput {
  readonly verdict: EncounterVerdict;
  readonly site: Site;
  /** The vehicle first, then the pedestrians of the verdict, then the vehicle that was overtaken. */
  readonly tracks: readonly TrackSegment[];
  readonly thresholds: LawProfile['road']['thresholds'];
}
