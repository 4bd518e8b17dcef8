/** A stored secret was changed, moved to another place, or sealed under another data key. */
export class TamperedError extends Error {
  override readonly name = 'TamperedError';
}

/** A data key cannot be unwrapped with the loaded keys; names the key that it needs. */
export class WrongKeyError extends Error {
  override readonly name = 'WrongKeyError';
  /** The id of the key-encryption key that is needed. */
  readonly keyId: string;

  constructor(keyId: string, problem: string) {
    super(`the key-encryption key "${keyId}" ${problem}`);
    this.keyId = keyId;
  }
}
