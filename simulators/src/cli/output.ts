/** Standard output of a command: one JSON object a line, or the same in words. Logs go to standard error. */
export interface OutputLine {
  readonly kind: string;
  readonly [key: string]: unknown;
}

export interface Output {
  readonly line: (line: OutputLine) => void;
}

/** @param stream told apart so that a closed pipe is the stream's own error, handled by who made it. */
export function outputTo(stream: NodeJS.WritableStream, json: boolean): Output {
  return {
    line: (line) => void stream.write(`${json ? JSON.stringify(line) : inWords(line)}\n`),
  };
}

function inWords({ kind, ...rest }: OutputLine): string {
  const words = Object.entries(rest).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [kind, ...words].join('  ');
}
