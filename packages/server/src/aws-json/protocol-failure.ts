/** Errors of the protocol itself, which end a request before its operation runs. Source: behaviour.md 1.2 and 1.4. */
export type ProtocolErrorCode =
  | 'IncompleteSignatureException'
  | 'InvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'RequestEntityTooLargeException'
  | 'SerializationException'
  | 'UnknownOperationException'
  | 'UnrecognizedClientException';

/** A request that never reaches an operation. `detail` is for our log only and is never sent. */
export class ProtocolFailure extends Error {
  override readonly name = 'ProtocolFailure';
  readonly code: ProtocolErrorCode;
  readonly detail: string | undefined;

  /** An empty `message` is not sent: the service has none for some of these (behaviour.md 1.4). */
  constructor(code: ProtocolErrorCode, message: string, detail?: string) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}
