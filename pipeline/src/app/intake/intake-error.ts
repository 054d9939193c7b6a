export type IntakeErrorCode = 'store-failed' | 'session-refused' | 'closed';

/** A message that was neither stored nor kept as a dead letter: it must not be acknowledged, and will come again. */
export class IntakeError extends Error {
  readonly code: IntakeErrorCode;

  constructor(code: IntakeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'IntakeError';
    this.code = code;
  }
}
