/**
 * Where several intakes share the devices of a broker, each gets some of a device's messages, and no order holds between
 * them. Here a message waits until the one before it is durable, whoever stored it: also over the death of an intake,
 * whose share another takes within seconds. For a sequence that never comes (its message was invalid, or the device gave
 * it up) a device waits a few times a minute, so that a strange device does not keep up the others.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface DeviceOrderOptions {
  /** The highest durable sequence of each device. */
  readonly lastSequences: (devices: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly waitMs?: number;
  /** For a device of many gaps. */
  readonly impatientMs?: number;
  readonly lookEveryMs?: number;
  /** Devices remembered; the others are asked of the log. */
  readonly remembered?: number;
}

interface Waiting {
  readonly device: string;
  readonly sequence: number;
  readonly untilMs: number;
  readonly enter: () => void;
  readonly fail: (error: unknown) => void;
}

/** Longer than it takes others to take over the share of an intake that died, and of the one that took it over first. */
const WAIT_MS = 30_000;
/** Longer than a broker or a line stands still now and then, for then it is no gap: what is behind comes the other way. */
const IMPATIENT_MS = 10_000;
/** A broker that died leaves a gap or two: what others still hold of the device may take as long as ever. */
const GAPS_A_MINUTE = 3;
const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 5;
const REMEMBERED = 50_000;

/** What was let in and failed ends this with it: another begins by what the log says. */
export class DeviceOrder {
  readonly #options: Required<DeviceOrderOptions>;
  /** Let in here, or seen in the log; never more than is durable or on its way in order. */
  readonly #last = new Map<string, number>();
  /** When each device's newest gaps were given up. */
  readonly #gaps = new Map<string, readonly number[]>();
  #waiting: Waiting[] = [];
  #looking = false;

  constructor(options: DeviceOrderOptions) {
    this.#options = {
      waitMs: WAIT_MS,
      impatientMs: IMPATIENT_MS,
      lookEveryMs: LOOK_EVERY_MS,
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
      const nowMs = Date.now();
      const { waitMs, impatientMs } = this.#options;
      const isStrange = this.#gapsOf(device, nowMs).length >= GAPS_A_MINUTE;
      const untilMs = nowMs + (isStrange ? Math.min(waitMs, impatientMs) : waitMs);
      this.#waiting.push({ device, sequence, untilMs, enter, fail });
      if (!this.#looking) void this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#waiting.length > 0) {
      try {
        await this.#lookOnce();
      } catch (error) {
        for (const { fail } of this.#waiting.splice(0)) fail(error);
      }
      if (this.#waiting.length > 0) await sleep(this.#options.lookEveryMs);
    }
    this.#looking = false;
  }

  /** One question for all who wait. */
  async #lookOnce(): Promise<void> {
    const devices = [...new Set(this.#waiting.map(({ device }) => device))];
    for (const [device, last] of await this.#options.lastSequences(devices)) this.#remember(device, last);
    const nowMs = Date.now();
    const given = this.#waiting.filter((w) => nowMs >= w.untilMs && !this.#follows(w.device, w.sequence));
    for (const device of new Set(given.map((w) => w.device))) this.#noteGap(device, nowMs);
    this.#letIn((w) => this.#follows(w.device, w.sequence) || nowMs >= w.untilMs);
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
