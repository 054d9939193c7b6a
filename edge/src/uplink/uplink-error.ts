/** What can fail in the uplink through no fault of the message: the one operational error of this folder. */
export type UplinkErrorCode =
  | 'outbox-open-failed'
  | 'outbox-write-failed'
  | 'bad-broker-url'
  | 'uplink-stopped'
  | 'device-in-use'
  | 'too-many-waiting';

export class UplinkError extends Error {
  override readonly name = 'UplinkError';
  readonly code: UplinkErrorCode;

  constructor(code: UplinkErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
