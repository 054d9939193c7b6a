/** The last seconds of every street, kept outside React: they change several times a second. */
import type { Infraction } from '@wayside/contracts/infraction';
import { noteArrival, startPlayout, type Playout } from '../street/playout.ts';
import { objectKey, snapshotOf, type Snapshot, type StreetEvent } from '../street/scene.ts';

const MAX_SITES = 100;
const MAX_SNAPSHOTS = 60;
const MAX_ALERTS = 8;

interface StreetAlert {
  readonly infraction: Infraction;
  readonly vehicleKey: string | undefined;
  readonly pedestrianKeys: readonly string[];
  readonly wallMs: number;
}

export interface Street {
  snapshots: readonly Snapshot[];
  playout: Playout;
  alerts: readonly StreetAlert[];
  arrivedMs: number | undefined;
}

export interface StreetHub {
  readonly street: (site: string) => Street | undefined;
  readonly addSnapshot: (event: StreetEvent, wallMs: number) => void;
  readonly addAlert: (infraction: Infraction, wallMs: number) => void;
}

export function createStreetHub(): StreetHub {
  const streets = new Map<string, Street>();
  const streetOf = (site: string): Street => {
    const known = streets.get(site);
    if (known) return known;
    const [oldest] = streets.keys();
    if (streets.size >= MAX_SITES && oldest !== undefined) streets.delete(oldest);
    const made: Street = { snapshots: [], playout: startPlayout, alerts: [], arrivedMs: undefined };
    streets.set(site, made);
    return made;
  };
  return {
    street: (site) => streets.get(site),
    addSnapshot: (event, wallMs) => {
      const street = streetOf(event.site);
      const snapshot = snapshotOf(event);
      const newest = street.snapshots.at(-1);
      // A stream that starts over (a recording played again) begins a new street.
      const before = newest && newest.atMs >= snapshot.atMs ? [] : street.snapshots;
      street.snapshots = [...before, snapshot].slice(-MAX_SNAPSHOTS);
      street.playout = noteArrival(street.playout, snapshot.atMs, wallMs);
      street.arrivedMs = wallMs;
    },
    addAlert: (infraction, wallMs) => {
      const street = streets.get(infraction.site);
      if (street) street.alerts = [...street.alerts, alertOf(infraction, wallMs)].slice(-MAX_ALERTS);
    },
  };
}

const alertOf = (infraction: Infraction, wallMs: number): StreetAlert => ({
  infraction,
  vehicleKey: infraction.vehicleTrack === null ? undefined : objectKey('car', infraction.vehicleTrack),
  pedestrianKeys: infraction.pedestrianTracks.map((track) => objectKey('pedestrian', track)),
  wallMs,
});
