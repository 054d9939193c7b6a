/** Everybody who can be hurt. */
import type { BareDevice } from '../devices/bare.ts';
import type { DeviceHost } from '../devices/hosts.ts';
import type { Ground } from '../house/ground.ts';
import type { Part } from '../house/part.ts';
import type { Link } from '../net/link.ts';
import type { Targets } from './schedule.ts';

export interface World {
  /** Absent in the embedded profile. */
  readonly ground?: Ground;
  readonly links: ReadonlyMap<string, Link>;
  readonly parts: ReadonlyMap<string, Part>;
  readonly hosts: ReadonlyMap<string, DeviceHost>;
  readonly bare: ReadonlyMap<string, BareDevice>;
  /** When Mosquitto was killed. */
  readonly brokerKillsMs: number[];
}

export function targetsOf({ ground, links, parts, hosts, bare }: World): Targets {
  const devices = { link: [...links.keys()].sort(), host: [...hosts.keys()], bare: [...bare.keys()] };
  if (!ground) return { ...devices, house: [...parts.keys()] };
  return {
    ...devices,
    part: [...parts.keys()],
    postgres: ['postgres'],
    redis: ['redis'],
    mosquitto: ['mosquitto'],
    kafka: ['kafka'],
  };
}
