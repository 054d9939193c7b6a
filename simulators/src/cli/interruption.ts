/**
 * Ctrl-C, SIGTERM, the end of the time asked for, or the death of the program that started this one: the first asks for
 * an orderly stop, a second signal ends the process now.
 */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives the signals back to the system, so that nothing keeps the process alive. */
  readonly end: () => void;
}

const INTERRUPTED = 130;
/** How long an orderly stop may take once nobody is left to read what comes of it. */
const ORPHAN_DEADLINE_MS = 5000;

export function interruption(durationSeconds?: number): Interruption {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  const onOrphaned = (): void => {
    controller.abort();
    setTimeout(() => process.exit(1), ORPHAN_DEADLINE_MS).unref();
  };
  const over =
    durationSeconds === undefined ? undefined : setTimeout(() => controller.abort(), durationSeconds * 1000);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('disconnect', onOrphaned);
  process.stdout.on('error', onOrphaned);
  return {
    signal: controller.signal,
    end() {
      clearTimeout(over);
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('disconnect', onOrphaned);
    },
  };
}
