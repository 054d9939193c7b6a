/** A house, its devices and all that stands between them, ready to be hurt. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBareDevice, type BareDevice } from './devices/bare.ts';
import { startHost, type DeviceHost } from './devices/hosts.ts';
import type { World } from './faults/world.ts';
import { openJournal, type Journal } from './fates/journal.ts';
import { openEmbedded } from './house/embedded.ts';
import { openServer } from './house/server.ts';
import { castOf, type Door, type Player } from './oracle/cast.ts';
import type { StageOptions, StandingHouse } from './stage-parts.ts';

export interface Stage extends StandingHouse {
  readonly players: readonly Player[];
  readonly world: World;
  /** Of the devices that speak bare MQTT. */
  readonly bareJournal: string;
}

const ALL_DOORS: readonly Door[] = ['house', 'broker'];

export async function openStage(options: StageOptions): Promise<Stage> {
  const { folder, seed, cameras, handhelds, everyMs } = options;
  mkdirSync(folder, { recursive: true });
  const house = await (options.profile === 'server' ? openServer(options) : openEmbedded(options));
  const { doors } = house;
  const players = castOf({
    seed,
    startMs: Date.now(),
    doors: ALL_DOORS.filter((door) => doors[door] !== undefined),
    cameras,
    handhelds,
    raws: 1,
  });
  const bareJournal = join(folder, 'bare.fates');
  const journal = await openJournal(bareJournal);
  const hosts = openHosts(players, doors, folder, everyMs);
  const bare = openBare(players, doors, journal, 4 * everyMs);
  return {
    ...house,
    players,
    bareJournal,
    world: { ...house.world, hosts, bare, brokerKillsMs: [] },
    close: async () => {
      await Promise.all([...hosts.values()].map((host) => host.process.close()));
      await Promise.all([...bare.values()].map((device) => device.close()));
      await journal.close();
      await house.close();
    },
  };
}

function openHosts(
  players: readonly Player[],
  doors: StandingHouse['doors'],
  folder: string,
  everyMs: number,
): ReadonlyMap<string, DeviceHost> {
  const urls = { house: doors.house ?? '', broker: doors.broker ?? '' };
  const open = (door: Door): readonly [string, DeviceHost] => {
    const name = `devices-${door}`;
    const of = players.filter((player) => player.door === door && player.by === 'uplink');
    return [name, startHost(name, { players: of, urls, folder, everyMs })];
  };
  return new Map(ALL_DOORS.filter((door) => doors[door] !== undefined).map(open));
}

const openBare = (
  players: readonly Player[],
  doors: StandingHouse['doors'],
  journal: Journal,
  everyMs: number,
): ReadonlyMap<string, BareDevice> =>
  new Map(
    players
      .filter(({ by }) => by === 'raw')
      .map((player) => [
        player.device,
        openBareDevice({ player, url: doors[player.door] ?? '', journal, everyMs }),
      ]),
  );
