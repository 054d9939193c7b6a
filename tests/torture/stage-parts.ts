import type { Snapshot } from './check/snapshot.ts';
import type { Probe } from './drain.ts';
import type { World } from './faults/world.ts';
import type { Door } from './oracle/cast.ts';
import type { BugName } from './sabotage/bugs.ts';

type Profile = 'server' | 'embedded';

export interface StageOptions {
  readonly profile: Profile;
  readonly seed: number;
  readonly folder: string;
  readonly bug?: BugName | undefined;
  /** Of each kind behind each door. */
  readonly cameras: number;
  readonly handhelds: number;
  /** Between two messages of a camera. */
  readonly everyMs: number;
}

/** What the two profiles have in common. */
export interface StandingHouse {
  readonly world: Pick<World, 'ground' | 'links' | 'parts'>;
  readonly doors: Readonly<Partial<Record<Door, string>>>;
  readonly probe: Probe;
  /** Holds that somebody beside the house resolves. */
  readonly mayBeResolved: (holdId: string) => boolean;
  /** Undoes what is left of faults: nothing is held up, nobody sleeps, everybody is there. */
  heal(): Promise<void>;
  snapshot(): Promise<Snapshot>;
  close(): Promise<void>;
}
