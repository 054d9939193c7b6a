/** How commands speak: results on standard output, all else on standard error. */
export interface Terminal {
  /** The result. */
  result(text: string): void;
  /** The result as one JSON object. */
  json(value: unknown): void;
  /** What a person wants to know meanwhile. */
  note(text: string): void;
  /** A line that replaces the one before it on a terminal; said every few seconds elsewhere. */
  progress(text: string): void;
  /** Ends the line that `progress` keeps replacing. */
  endProgress(): void;
}

const PLAIN_INTERVAL_MS = 5_000;

export function createTerminal(out: NodeJS.WriteStream, err: NodeJS.WriteStream): Terminal {
  const interactive = err.isTTY;
  let lastPlainAt = 0;
  let open = false;
  const endProgress = () => {
    if (open) err.write('\n');
    open = false;
  };
  return {
    result: (text) => void out.write(`${text}\n`),
    json: (value) => void out.write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => {
      endProgress();
      err.write(`${text}\n`);
    },
    progress: (text) => {
      if (interactive) {
        err.write(`\r\u001b[2K${text.slice(0, err.columns - 1)}`);
        open = true;
        return;
      }
      if (Date.now() - lastPlainAt < PLAIN_INTERVAL_MS) return;
      lastPlainAt = Date.now();
      err.write(`${text}\n`);
    },
    endProgress,
  };
}
