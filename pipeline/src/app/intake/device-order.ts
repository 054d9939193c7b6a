/**
 * Where several intakes share the devices of a broker, each gets some of a device's messages, and no order holds between
 * them. Here a message waits until the one before it is durable, whoever stored it: also over the death of an intake,
 * whose share another takes within seconds. For a sequence that never comes (its message was invalid, or the device gave
 * it up) a device waits a few times a minute, so that a strange device does not keep up the others.
 *
 * Behind such a gap each intake holds some of what follows. They tell each other what and for how long, so that the first
 * of it goes in first, also where its holder has died and it is on its way to another, where it need not wait anew.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownMessage, TellHeld } from './held-messages.ts';

export interface DeviceOrderOptions {
  /** The highest durable sequence of each device. */
  readonly lastSequences: (devices: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Absent where nobody shares the devices. */
  readonly tellHeld?: TellHeld;
  readonly waitMs?: number;
  /** For a device of many gaps. */
  readonly impatientMs?: number;
  readonly lookEveryMs?: number;
  /** Who waits for longer is told of, so often. */
  readonly tellEveryMs?: number;
  /** Devices remembered; the others are asked of the log. */
  readonly remembered?: number;
}

interface Waiting {
  readonly device: string;
  readonly sequence: number;
  readonly sinceMs: number;
  readonly patienceMs: number;
  readonly enter: () => void;
  readonly fail: (error: unknown) => void;
}

/** Held here or by others, in times of the clock here. */
interface Known {
  readonly sequence: number;
  readonly sinceMs: number;
  readonly toldAtMs: number;
}

/** Longer than it takes others to take over the share of an intake that died, and of the one that took it over first. */
const WAIT_MS = 30_000;
/** Longer than a broker or a line stands still now and then, for then it is no gap: what is behind comes the other way. */
const IMPATIENT_MS = 10_000;
/**
 * So long what is known goes first though nobody tells of it any more: it is on its way to another. After that it is lost
 * too. Shorter than the patience: were it the patience, all intakes would lose theirs at once, in no order.
 */
const UNTOLD_MS = 25_000;
/** A broker that died leaves a gap or two: what others still hold of the device may take as long as ever. */
const GAPS_A_MINUTE = 3;
const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 5;
const TELL_EVERY_MS = 1_000;
const REMEMBERED = 50_000;

/** What was let in and failed ends this with it: another begins by what the log says. */
export class DeviceOrder {
  readonly #options: Required<DeviceOrderOptions>;
  /** Let in here, or seen in the log; never more than is durable or on its way in order. */
  readonly #last = new Map<string, number>();
  /** When each device's newest gaps were given up. */
  readonly #gaps = new Map<string, readonly number[]>();
  #waiting: Waiting[] = [];
  /** What was known of the devices that were told of last, and when that was. */
  #known = new Map<string, Known[]>();
  #toldAtMs = -Infinity;
  /** Something stands in the table that may be durable by now. */
  #hasTold = false;
  #looking = false;

  constructor(options: DeviceOrderOptions) {
    this.#options = {
      waitMs: WAIT_MS,
      impatientMs: IMPATIENT_MS,
      lookEveryMs: LOOK_EVERY_MS,
      tellEveryMs: TELL_EVERY_MS,
      tellHeld: () => Promise.resolve([]),
      remembered: REMEMBERED,
      ...options,
    };
  }

  /** Resolves when the message may be stored; those of one device in their order. */
  async turn({ device, sequence }: { readonly device: string; readonly sequence: number }): Promise<void> {
    if (sequence === 0) return; // a last will stands outside the order
    if (!this.#follows(device, sequence)) await this.#wait(device, sequence);
    this.#remember(device, sequence);
    this.#letIn((waiting) => waiting.device === device && this.#follows(device, waiting.sequence));
  }

  #follows(device: string, sequence: number): boolean {
    return sequence <= (this.#last.get(device) ?? 0) + 1;
  }

  #wait(device: string, sequence: number): Promise<void> {
    return new Promise((enter, fail) => {
      const sinceMs = performance.now();
      const { waitMs, impatientMs } = this.#options;
      const isStrange = this.#gapsOf(device, sinceMs).length >= GAPS_A_MINUTE;
      const patienceMs = isStrange ? Math.min(waitMs, impatientMs) : waitMs;
      this.#waiting.push({ device, sequence, sinceMs, patienceMs, enter, fail });
      if (!this.#looking) void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#waiting.length > 0 || this.#hasTold) {
      try {
        await this.#lookOnce();
      } catch (error) {
        this.#hasTold = false;
        for (const { fail } of this.#waiting.splice(0)) fail(error);
      }
      if (this.#waiting.length > 0 || this.#hasTold) await sleep(this.#options.lookEveryMs);
    }
    this.#looking = false;
  }

  /** One question for all who wait; and one more now and then, and before anybody is let in behind a gap. */
  async #lookOnce(): Promise<void> {
    const isTold = this.#isTimeToTell(performance.now());
    if (isTold) await this.#tell();
    const devices = [...new Set(this.#waiting.map(({ device }) => device))];
    if (devices.length === 0) return;
    for (const [device, last] of await this.#options.lastSequences(devices)) this.#remember(device, last);
    const nowMs = performance.now();
    const given = isTold ? this.#overdue(nowMs) : [];
    for (const { device } of given) this.#noteGap(device, nowMs);
    this.#letIn((w) => this.#follows(w.device, w.sequence) || given.includes(w));
  }

  #isTimeToTell(nowMs: number): boolean {
    if (this.#overdue(nowMs).length > 0) return true;
    if (nowMs - this.#toldAtMs < this.#options.tellEveryMs) return false;
    return this.#hasTold || this.#waiting.some((w) => this.#isLong(w, nowMs));
  }

  #isLong({ sinceMs }: Waiting, nowMs: number): boolean {
    return nowMs - sinceMs >= this.#options.tellEveryMs;
  }

  /** Of a device that waits for long all is told, the newest too. Where nobody does, what was told is only cleared. */
  async #tell(): Promise<void> {
    const nowMs = performance.now();
    const slow = new Set(
      [...this.#waiting.filter((w) => this.#isLong(w, nowMs)), ...this.#overdue(nowMs)].map((w) => w.device),
    );
    const held = this.#waiting.filter(({ device }) => slow.has(device));
    const known = await this.#options.tellHeld(
      held.map(({ device, sequence, sinceMs }) => ({ device, sequence, waitedMs: nowMs - sinceMs })),
    );
    this.#toldAtMs = performance.now();
    this.#hasTold = held.length > 0;
    this.#known = byDevice(known, this.#toldAtMs);
  }

  /** The first of each device here, where its time is over. */
  #overdue(nowMs: number): readonly Waiting[] {
    const firsts = new Map<string, { readonly first: Waiting; readonly sinceMs: number }>();
    for (const waiting of this.#waiting) {
      const { first, sinceMs } = firsts.get(waiting.device) ?? { first: waiting, sinceMs: waiting.sinceMs };
      firsts.set(waiting.device, {
        first: waiting.sequence < first.sequence ? waiting : first,
        sinceMs: Math.min(waiting.sinceMs, sinceMs),
      });
    }
    return [...firsts.values()].flatMap(({ first, sinceMs }) =>
      !this.#follows(first.device, first.sequence) && this.#isOver(first, sinceMs, nowMs) ? [first] : [],
    );
  }

  /**
   * What is behind it waits for the same gap, so the longest wait of them counts. Behind one that is known to be held
   * somewhere it waits twice as long, and never longer: a strange device must not fill the house.
   */
  #isOver({ device, sequence, patienceMs }: Waiting, sinceMs: number, nowMs: number): boolean {
    const last = this.#last.get(device) ?? 0;
    const untoldMs = Math.min(UNTOLD_MS, patienceMs);
    const held = (this.#known.get(device) ?? []).filter(
      (known) => known.sequence > last && nowMs - known.toldAtMs < untoldMs,
    );
    const behind = held.filter((known) => known.sequence >= sequence);
    const waitedMs = nowMs - Math.min(sinceMs, ...behind.map((known) => known.sinceMs));
    return waitedMs >= (behind.length < held.length ? 2 * patienceMs : patienceMs);
  }

  #letIn(mayEnter: (waiting: Waiting) => boolean): void {
    if (this.#waiting.length === 0) return;
    const entering = this.#waiting.filter(mayEnter).sort((a, b) => a.sequence - b.sequence);
    if (entering.length === 0) return;
    this.#waiting = this.#waiting.filter((w) => !entering.includes(w));
    for (const { enter } of entering) enter();
  }

  #gapsOf(device: string, nowMs: number): readonly number[] {
    return (this.#gaps.get(device) ?? []).filter((givenUpMs) => nowMs - givenUpMs < MINUTE_MS);
  }

  #noteGap(device: string, nowMs: number): void {
    if (this.#gaps.size >= this.#options.remembered) this.#gaps.clear();
    this.#gaps.set(device, [...this.#gapsOf(device, nowMs), nowMs].slice(-GAPS_A_MINUTE));
  }

  #remember(device: string, sequence: number): void {
    const last = Math.max(sequence, this.#last.get(device) ?? 0);
    this.#last.delete(device);
    this.#last.set(device, last);
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= this.#options.remembered) return;
      this.#last.delete(oldest);
    }
  }
}

function byDevice(known: readonly KnownMessage[], nowMs: number): Map<string, Known[]> {
  const devices = new Map<string, Known[]>();
  for (const { device, sequence, waitedMs, untoldMs } of known) {
    const of = devices.get(device) ?? [];
    of.push({ sequence, sinceMs: nowMs - waitedMs, toldAtMs: nowMs - untoldMs });
    devices.set(device, of);
  }
  return devices;
}
