/** Bounds what is taken in and not yet durable, by count and by bytes. Who finds no room waits, first come first served. */
export class Room {
  readonly #maxCount: number;
  readonly #maxBytes: number;
  readonly #waiting: { readonly bytes: number; readonly enter: () => void }[] = [];
  #count = 0;
  #bytes = 0;

  constructor(maxCount: number, maxBytes: number) {
    this.#maxCount = maxCount;
    this.#maxBytes = maxBytes;
  }

  /** Resolves when there is room, which is taken then; leave() with the same bytes gives it back. */
  enter(bytes: number): Promise<void> {
    if (this.#waiting.length === 0 && this.#fits(bytes)) {
      this.#take(bytes);
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push({ bytes, enter: resolve }));
  }

  leave(bytes: number): void {
    this.#count--;
    this.#bytes -= bytes;
    for (let next = this.#waiting[0]; next && this.#fits(next.bytes); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#take(next.bytes);
      next.enter();
    }
  }

  #take(bytes: number): void {
    this.#count++;
    this.#bytes += bytes;
  }

  /** One that is larger than the whole room may come in alone. */
  #fits(bytes: number): boolean {
    return this.#count < this.#maxCount && (this.#count === 0 || this.#bytes + bytes <= this.#maxBytes);
  }
}
