export type CaseErrorCode =
  /** No wording of the process is at hand that the case was opened under. */
  | 'unknown-process'
  /** A wording that cases stand under was changed without a new version. */
  | 'process-edited'
  | 'unknown-calendar'
  /** The hold was resolved otherwise than the case says: by hand, or by a bug. Nothing is done until a person has looked. */
  | 'hold-conflict'
  | 'unknown-profile';

export class CaseError extends Error {
  readonly code: CaseErrorCode;

  constructor(code: CaseErrorCode, message: string) {
    super(message);
    this.name = 'CaseError';
    this.code = code;
  }
}
