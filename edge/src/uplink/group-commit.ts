/**
 * Writes of all devices of a process, gathered into one LevelDB batch while the last one is being written. Each
 * caller's operations stay together, so what one caller writes is atomic. What waits is bounded by the callers, who
 * all wait for their own write: one append at a time and one removal a message in flight, for each device.
 */
export interface GroupCommit<Operation> {
  /** Resolves when the operations are in the database. */
  write(operations: readonly Operation[]): Promise<void>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

interface Waiting<Operation> {
  readonly operations: readonly Operation[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export function groupCommit<Operation>(
  writeBatch: (operations: Operation[]) => Promise<void>,
): GroupCommit<Operation> {
  let waiting: Waiting<Operation>[] = [];
  let running: Promise<void> | undefined;

  const run = async () => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await settle(group, writeBatch);
    }
    running = undefined;
  };

  return {
    write: (operations) =>
      new Promise((resolve, reject) => {
        waiting.push({ operations, resolve, reject });
        running ??= run();
      }),
    idle: () => running ?? Promise.resolve(),
  };
}

async function settle<Operation>(
  group: readonly Waiting<Operation>[],
  writeBatch: (operations: Operation[]) => Promise<void>,
): Promise<void> {
  try {
    await writeBatch(group.flatMap(({ operations }) => operations));
    for (const { resolve } of group) resolve();
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}
