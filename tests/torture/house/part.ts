/** One process of the house: started again when it ends, and in the breaker's hand. */
import { writeFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { BugName } from '../sabotage/bugs.ts';
import type { Control } from '../sabotage/control.ts';
import { supervise, type Supervised } from './supervised.ts';

export interface Part {
  readonly process: Supervised;
  /** Resolves when it has said once that it is up. */
  readonly ready: Promise<void>;
  control(change: Control): void;
}

export interface PartOptions {
  readonly name: string;
  /** The program and all that it is told. */
  readonly args: readonly string[];
  readonly folder: string;
  readonly bug?: BugName | undefined;
  readonly onUp?: (address: { readonly page: string }) => void;
}

const HEAP_MB = 256;

export function startPart({ name, args, folder, bug, onUp }: PartOptions): Part {
  const controlPath = join(folder, `${name}.control`);
  let state: Control = {};
  let up: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (up = resolve));
  const process = supervise({
    name,
    args: [`--max-old-space-size=${HEAP_MB}`, ...args],
    env: {
      WAYSIDE_LOG_LEVEL: 'info',
      TORTURE_CONTROL: controlPath,
      TORTURE_CRASHES: join(folder, 'crashes.log'),
      ...(bug !== undefined && { TORTURE_BUG: bug }),
    },
    log: join(folder, `${name}.log`),
    onStart: (child) => {
      let said = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4_000);
        const address = /^\{[^]*\n\}$|^\{.*\}$/.exec(said.trim())?.[0];
        if (address === undefined) return;
        onUp?.(JSON.parse(address) as { readonly page: string });
        up();
      });
    },
  });
  return {
    process,
    ready,
    control: (change) => {
      state = { ...state, ...change };
      writeFileSync(`${controlPath}.new`, JSON.stringify(state));
      renameSync(`${controlPath}.new`, controlPath);
    },
  };
}
