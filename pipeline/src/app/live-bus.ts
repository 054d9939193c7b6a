import type { LiveEvent } from '@wayside/contracts/http';

/** What just happened, for pages. At most once; nothing is decided from it. */
export interface LiveBus {
  publish(event: LiveEvent): void;
  /** @returns the function that ends the subscription. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
}
