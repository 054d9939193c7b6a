/** Ctrl-C and SIGTERM: the first asks for an orderly stop, the second ends the process now. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives the signals back to the system. */
  end(): void;
}

const INTERRUPTED = 130;

export function interruption(): Interruption {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    end: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}
