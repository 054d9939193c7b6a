/** Runs of footage, judged in as many threads as there are cores. What comes of a run does not depend on where it is done. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { FootageRun, Gathered } from '../app/evaluation/gather.ts';
import { CommandFailure } from './failure.ts';

const ENTRY = new URL('./gather-thread-entry.js', import.meta.url);

/**
 * @returns examples and truths in the order of the runs.
 * @throws CommandFailure where the footage of a run could not be made whole.
 */
export async function gatherInThreads(
  runs: readonly FootageRun[],
  profile: LawProfile,
  onProgress: (text: string) => void,
): Promise<Gathered> {
  const waiting = [...runs.entries()];
  const gathered: Gathered[] = [];
  const lane = async (): Promise<void> => {
    const thread = new Worker(ENTRY, { workerData: { profile }, execArgv: [] });
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [i, run] = next;
        onProgress(`footage ${i + 1} of ${runs.length}: seed ${run.seed}, ${run.severity}`);
        thread.postMessage(run);
        [gathered[i]] = (await once(thread, 'message')) as [Gathered];
      }
    } catch (error) {
      waiting.length = 0;
      throw new CommandFailure((error as Error).message, 1);
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(runs.length, availableParallelism()) }, lane));
  return {
    examples: gathered.flatMap(({ examples }) => examples),
    streets: gathered.flatMap(({ streets }) => streets),
  };
}
