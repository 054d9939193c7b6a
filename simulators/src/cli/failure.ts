/** A failure with words for the person at the terminal, and the exit code that goes with it. */
export class CommandFailure extends Error {
  readonly exitCode: 1 | 2;

  /** @param exitCode 1 the command ran and failed · 2 it was called wrongly */
  constructor(message: string, exitCode: 1 | 2) {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}
