/** What every role of a house is given, and how something runs from the opening to the closing. */
import type { Logger } from 'pino';
import type { Clock } from '../app/clock.ts';
import type { Lifecycle } from '../app/lifecycle.ts';
import type { StreetBus } from '../app/live-bus.ts';
import type { Tracer } from '../app/trace.ts';
import type { HouseConfig } from '../config.ts';
import type { Store } from './store.ts';

export interface HouseParts {
  readonly config: HouseConfig;
  readonly logger: Logger;
  readonly clock: Clock;
}

export interface Rooms extends HouseParts {
  readonly store: Store;
  readonly bus: StreetBus;
  readonly lifecycle: Lifecycle;
  readonly tracer?: Tracer | undefined;
}

export function runUntilClosed(
  name: string,
  lifecycle: Lifecycle,
  run: (signal: AbortSignal) => Promise<void>,
): void {
  const stopping = new AbortController();
  const ended = run(stopping.signal);
  lifecycle.onClose(name, async () => {
    stopping.abort();
    await ended;
  });
}
