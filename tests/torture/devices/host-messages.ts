/** What the process of the devices is given, and what it says, over the channel between processes. */
import type { Player } from '../oracle/cast.ts';

export interface HostOrder {
  readonly players: readonly Player[];
  readonly urls: Readonly<Record<Player['door'], string>>;
  readonly folder: string;
  readonly journal: string;
  readonly everyMs: number;
}

export type ToHost = { readonly kind: 'play'; readonly order: HostOrder } | { readonly kind: 'finish' };

export type FromHost =
  | { readonly kind: 'playing' }
  | { readonly kind: 'waiting'; readonly messages: number }
  /** By device: the last sequence given out, and the last that the script says something of. */
  | { readonly kind: 'finished'; readonly last: Readonly<Record<string, readonly [number, number]>> }
  | { readonly kind: 'failed'; readonly message: string };
