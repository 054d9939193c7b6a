import type { LiveEvent } from '@wayside/contracts/http';

/** What just happened, for pages. At most once; nothing is decided from it. */
export interface LiveBus {
  publish(event: LiveEvent): void;
  /** @returns the function that ends the subscription. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
}

/** One that knows whether somebody looks at streets: a busy house has more views of them than of anything else to tell. */
export interface StreetBus extends LiveBus {
  /** Where nobody looks, a view need not even be made. What began to be looked at may take a second to be known. */
  streetsWatched(): boolean;
  /** To be called by who looks. @returns the function that ends it. */
  watchStreets(): () => void;
}
