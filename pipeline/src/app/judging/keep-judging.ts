/** Runs the judge of every partition until told to stop, again after a failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runJudge, type JudgeParts } from './run-judge.ts';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 10_000;

/** Resolves once every judge has stopped or was replaced. */
export async function keepJudging(parts: JudgeParts, signal: AbortSignal): Promise<void> {
  await Promise.all(parts.log.partitions.map((partition) => keepJudgingPartition(partition, parts, signal)));
}

/** Resolves once the judge has stopped or was replaced. */
export async function keepJudgingPartition(
  partition: number,
  parts: JudgeParts,
  signal: AbortSignal,
): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    const startedAtMs = parts.clock();
    try {
      await runJudge(partition, parts, signal);
      return;
    } catch (error) {
      if (parts.clock() - startedAtMs > LAST_RETRY_MS) retryMs = FIRST_RETRY_MS;
      parts.logger.error({ err: error, partition, retryMs }, 'judging failed; starting again');
    }
    await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }
}
