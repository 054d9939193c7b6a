/** What a signal controller hands to the signal agent: its port to whatever knows the lamps. */
import type { Site } from '@wayside/contracts/site';
import type { SignalChange } from '../domain/phase-gatherer.ts';

export type { SignalChange } from '../domain/phase-gatherer.ts';

export interface ChangeSource {
  readonly site: Site;
  /** In order of time; ends where the recording ends. */
  changes(signal: AbortSignal): AsyncIterable<SignalChange>;
}
