export type LedgerErrorCode =
  /** The same id stands for another move already: a bug or tampering, never a retry. */
  | 'conflict'
  /** No law profile is at hand that says how the account counts. */
  | 'unknown-scheme';

export class LedgerError extends Error {
  readonly code: LedgerErrorCode;

  constructor(code: LedgerErrorCode, message: string) {
    super(message);
    this.name = 'LedgerError';
    this.code = code;
  }
}
