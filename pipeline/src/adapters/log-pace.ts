/**
 * Keeps the writer of a log from running away from its reader: where too many messages stand in the log unread, the
 * next append waits. So a house that judges slower than its cameras see makes the cameras wait (promise 5), instead of
 * giving all its time to the door and filling its disk.
 */
export class LogPace {
  readonly #mostBehind: number;
  readonly #newest = new Map<number, number>();
  readonly #doneWith = new Map<number, number>();
  #waiting: (() => void)[] = [];

  /** @param mostBehind messages, over all partitions */
  constructor(mostBehind: number) {
    this.#mostBehind = mostBehind;
  }

  appended(partition: number, offset: number): void {
    this.#newest.set(partition, Math.max(offset, this.#newest.get(partition) ?? 0));
  }

  /** Reading from an offset says that all before it is done with. */
  reads(partition: number, fromOffset: number): void {
    this.#doneWith.set(partition, fromOffset - 1);
    if (this.#behind() >= this.#mostBehind) return;
    for (const enter of this.#waiting.splice(0)) enter();
  }

  /** Nobody waits for a reader that has gone. */
  leaves(partition: number): void {
    this.#doneWith.delete(partition);
    for (const enter of this.#waiting.splice(0)) enter();
  }

  /** Resolves at once while nobody has read yet: then there is no reader to wait for. */
  async room(): Promise<void> {
    while (this.#behind() >= this.#mostBehind)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #behind(): number {
    let behind = 0;
    for (const [partition, doneWith] of this.#doneWith)
      behind += Math.max(0, (this.#newest.get(partition) ?? 0) - doneWith);
    return behind;
  }
}
