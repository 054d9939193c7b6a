/** What the devices were told, read back from their journals. */
import { existsSync, readFileSync } from 'node:fs';
import type { Fate } from './journal.ts';

export interface Told {
  /** By device: sequence → when the first acknowledgement came, ms since the epoch. */
  readonly acknowledged: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly refused: ReadonlyMap<string, ReadonlySet<number>>;
  readonly unknown: ReadonlyMap<string, ReadonlySet<number>>;
  /** The highest sequence a bare device has sent. */
  readonly lastSent: ReadonlyMap<string, number>;
  /** SHA-256 of what was acknowledged and is no message → who sent it. */
  readonly poison: ReadonlyMap<string, string>;
}

export function readTold(journals: readonly string[]): Told {
  const told = {
    acknowledged: new Map<string, Map<number, number>>(),
    refused: new Map<string, Set<number>>(),
    unknown: new Map<string, Set<number>>(),
    lastSent: new Map<string, number>(),
    poison: new Map<string, string>(),
  };
  for (const fate of journals.flatMap(fatesIn)) note(told, fate);
  return told;
}

type Mutable = {
  readonly acknowledged: Map<string, Map<number, number>>;
  readonly refused: Map<string, Set<number>>;
  readonly unknown: Map<string, Set<number>>;
  readonly lastSent: Map<string, number>;
  readonly poison: Map<string, string>;
};

function note({ acknowledged, refused, unknown, lastSent, poison }: Mutable, fate: Fate): void {
  switch (fate[0]) {
    case 'sent':
      lastSent.set(fate[1], Math.max(fate[2], lastSent.get(fate[1]) ?? 0));
      return;
    case 'acknowledged': {
      const of = within(acknowledged, fate[1], () => new Map<number, number>());
      if (!of.has(fate[2])) of.set(fate[2], fate[3]);
      return;
    }
    case 'refused':
      within(refused, fate[1], () => new Set<number>()).add(fate[2]);
      return;
    case 'unknown':
      within(unknown, fate[1], () => new Set<number>()).add(fate[2]);
      return;
    case 'poison':
      poison.set(fate[2], fate[1]);
  }
}

function within<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** The last line may be torn, where its writer was killed: then nobody acted on it. */
function fatesIn(path: string): readonly Fate[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Fate);
}
