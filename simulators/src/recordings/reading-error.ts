export type ReadingErrorCode = 'unreadable' | 'bad-header' | 'bad-map' | 'no-frames';

/** A recording that cannot be used at all; a single bad row is a value, see `RejectedRow`. */
export class ReadingError extends Error {
  readonly code: ReadingErrorCode;

  constructor(code: ReadingErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ReadingError';
    this.code = code;
  }
}
