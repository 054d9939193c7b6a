export type StoreErrorCode =
  | 'data-in-use'
  | 'closed'
  | 'transaction-aborted'
  | 'migration-edited'
  | 'migration-out-of-order'
  | 'migration-unknown'
  | 'migration-failed'
  | 'partitions-changed'
  | 'kafka-missing'
  | 'kafka-failed';

/** An operational failure of the store that is not a SQL error; those keep the driver's own, with its SQLSTATE. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
