/** Does one fault, and undoes it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { hurtEngine } from './engine-faults.ts';
import type { Injected } from './injected.ts';
import type { Fault } from './schedule.ts';
import type { World } from './world.ts';

export function inject(world: World, fault: Fault): Promise<Injected> {
  switch (fault.group) {
    case 'link':
      return hurtLine(world, fault);
    case 'part':
    case 'house':
      return hurtPart(world, fault);
    case 'host':
      return hurtHost(world, fault);
    case 'bare':
      return misbehave(world, fault);
    case 'postgres':
    case 'redis':
    case 'mosquitto':
    case 'kafka':
      return hurtEngine(world, fault.group, fault);
  }
}

const SLOW_BYTES = 20_000;

async function hurtLine({ links }: World, { kind, target, lastsMs }: Fault): Promise<Injected> {
  const link = links.get(target);
  if (!link) return 'missed';
  switch (kind) {
    case 'line-reset':
      return link.reset() > 0 ? 'done' : 'missed';
    case 'line-half-open':
      return link.orphan() > 0 ? 'done' : 'missed';
    case 'slow-line':
      link.throttle(SLOW_BYTES);
      await sleep(lastsMs);
      link.throttle(undefined);
      return 'done';
    default:
      link.hold();
      await sleep(lastsMs);
      link.release();
      return 'done';
  }
}

/** An intake or a judge takes so many in a second; who takes fewer dies at one of its first. */
const MOST_STEPS = { busy: 40, idle: 6 };
const CRASHES_WITHIN_MS = 6_000;
const HOUR_MS = 3_600_000;

async function hurtPart({ parts }: World, { id, kind, target, lastsMs, size }: Fault): Promise<Injected> {
  const part = parts.get(target);
  if (!part) return 'missed';
  switch (kind) {
    case 'kill':
      part.process.signal('SIGKILL');
      return 'done';
    case 'stop':
      part.process.signal('SIGTERM');
      return 'done';
    case 'pause':
      return paused(part.process, lastsMs);
    case 'clock-jump':
      part.control({ clockShiftMs: Math.round((size - 0.5) * 4 * HOUR_MS) });
      await sleep(lastsMs);
      part.control({ clockShiftMs: 0 });
      return 'done';
    default: {
      const isBusy = /^(intake|judge)/.test(target);
      const step = 1 + Math.floor(size * (isBusy ? MOST_STEPS.busy : MOST_STEPS.idle));
      part.control({ crash: { id, step, when: step % 2 === 0 ? 'before' : 'after' } });
      const died = await part.process.ended(CRASHES_WITHIN_MS);
      part.control({ crash: { id: -id, step: 0, when: 'before' } });
      return died ? 'done' : 'missed';
    }
  }
}

async function hurtHost({ hosts }: World, { kind, target, lastsMs }: Fault): Promise<Injected> {
  const host = hosts.get(target);
  if (!host) return 'missed';
  if (kind === 'pause') return paused(host.process, lastsMs);
  host.process.signal('SIGKILL');
  return 'done';
}

async function paused(
  process: { readonly pid: number; signal(name: NodeJS.Signals): void },
  lastsMs: number,
): Promise<Injected> {
  const { pid } = process;
  process.signal('SIGSTOP');
  await sleep(lastsMs);
  if (process.pid === pid) process.signal('SIGCONT');
  return 'done';
}

async function misbehave({ bare }: World, { kind, target, size, id }: Fault): Promise<Injected> {
  const device = bare.get(target);
  if (!device) return 'missed';
  const count = 3 + Math.floor(size * 20);
  let turn = 0;
  const at = (): number => (size * 1_000 + ++turn * 0.618_034 + id * 0.414_214) % 1;
  switch (kind) {
    case 'duplicates':
      await device.repeat(count, at);
      return 'done';
    case 'reordering':
      await device.shuffle(count, at);
      return 'done';
    case 'poison':
      await device.poison(1 + (count % 3));
      return 'done';
    default:
      await device.abandon(1 + (count % 5));
      return 'done';
  }
}
