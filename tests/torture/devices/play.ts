/** One device behind the edge's own uplink, from where its outbox says it was, until it is told to finish. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openUplink } from '@wayside/edge/uplink/open-uplink';
import type { OutboxStore } from '@wayside/edge/uplink/outbox-store';
import type { Uplink } from '@wayside/edge/uplink/uplink';
import { SCENE_SECONDS, bootIdOf, endsWell, stepOf, type Step } from '../oracle/script.ts';
import type { Player } from '../oracle/cast.ts';
import { reportOf, reportTimeMs } from '../oracle/report.ts';
import { observationsOf, siteOf } from '../oracle/scene.ts';

export interface PlayOptions {
  readonly player: Player;
  readonly store: OutboxStore;
  readonly brokerUrl: string;
  /** Between two messages of a camera; a conductor files one in three of them. */
  readonly everyMs: number;
  readonly finish: AbortSignal;
  readonly onUplink: (uplink: Uplink) => void;
}

export interface Played {
  /** The last sequence given out. */
  readonly last: number;
  /** The last sequence that the script says something of. */
  readonly content: number;
}

/** An outbox may hold so many before the device waits: bounds what an outage of the house leaves to be drained. */
const MOST_WAITING = 400;
const REBOOT_FLUSH_MS = 2_000;
const LAST_FLUSH_MS = 240_000;

export async function play(options: PlayOptions): Promise<Played> {
  const { player, store, finish } = options;
  let next = (await lastSequence(store, player.device)) + 1;
  for (;;) {
    const step = stepOf(player, next);
    const uplink = await open(options, bootIdOf(step.boot), step.kind !== 'online');
    if (step.kind === 'online') next++;
    next = await playBoot(options, uplink, next);
    if (finish.aborted && endsWell(player, next)) {
      const { left } = await uplink.stop({ flushTimeoutMs: LAST_FLUSH_MS });
      if (left > 0) throw new Error(`${player.device} has ${left} messages left`);
      return { last: next, content: next - 1 };
    }
    await uplink.stop({ flushTimeoutMs: REBOOT_FLUSH_MS }); // `stopping` is the script's last word of a boot
    next++;
  }
}

/** @returns the sequence that comes next: the boot's last word, or where it may end in the midst of a boot. */
async function playBoot(options: PlayOptions, uplink: Uplink, from: number): Promise<number> {
  const { player, finish, everyMs } = options;
  const pauseMs = player.kind === 'camera' ? everyMs : 3 * everyMs;
  for (let next = from; ; next++) {
    const step = stepOf(player, next);
    if (step.kind === 'stopping' || step.kind === 'online') return next;
    if (finish.aborted && endsWell(player, next)) return next;
    await uplink.waitingAtMost(MOST_WAITING);
    await sleep(pauseMs);
    await say(uplink, player, step);
  }
}

async function say(uplink: Uplink, player: Player, step: Step): Promise<void> {
  if (step.kind === 'report')
    await uplink.send('reports', reportTimeMs(player, step.report), reportOf(player, step.report));
  if (step.kind !== 'observations') return;
  const batch = observationsOf(player, step.scene, step.second);
  await uplink.send('observations', batch.frames.startMs, batch);
}

async function open({ player, store, brokerUrl, onUplink }: PlayOptions, id: string, begun: boolean) {
  const { device, kind, door } = player;
  const uplink = await openUplink({
    device,
    kind,
    store,
    brokerUrl,
    ...(kind === 'camera' && { site: siteOf(player) }),
    boot: { id, begun },
    software: 'torture 1',
    protocolVersion: door === 'house' ? 4 : 5,
    keepaliveSeconds: 10,
    connectTimeoutMs: 5_000,
    ackTimeoutMs: 10_000,
    backoff: { firstMs: 200, longestMs: 2_000 },
    window: SCENE_SECONDS,
  });
  onUplink(uplink);
  return uplink;
}

async function lastSequence(store: OutboxStore, device: string): Promise<number> {
  const outbox = await store.outbox(device);
  outbox.release();
  return outbox.lastSequence;
}
