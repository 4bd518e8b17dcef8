/** Why a browser gave no passkey: the person or the browser said no, it has none, it may not, or there is one already. */
export class PasskeyFailure extends Error {
  override readonly name = 'PasskeyFailure';
  readonly reason: 'cancelled' | 'not-possible' | 'exists';

  constructor(reason: 'cancelled' | 'not-possible' | 'exists', cause?: unknown) {
    super(cause instanceof Error ? `${cause.name}: ${cause.message}` : reason, { cause });
    this.reason = reason;
  }
}

/** Whether this page can ask for passkeys at all: over https or on localhost, in a browser that has the JSON forms of WebAuthn Level 3. */
export function canUsePasskeys(): boolean {
  return (
    typeof PublicKeyCredential === 'function' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  );
}

/**
 * Has the browser sign with a passkey. `conditional` offers it in the name field's list of suggestions, and waits there until the person
 * takes it. Source: WebAuthn Level 3, 5.1.4 and 5.1.10.
 */
export async function usePasskey(
  options: PublicKeyCredentialRequestOptionsJSON,
  {
    conditional = false,
    signal,
  }: { readonly conditional?: boolean; readonly signal?: AbortSignal },
): Promise<string> {
  return ceremony(async () => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return navigator.credentials.get({
      publicKey,
      ...(conditional && { mediation: 'conditional' }),
      ...(signal && { signal }),
    });
  }).then((credential) => JSON.stringify(credential));
}

/** Has the browser make a passkey. Source: WebAuthn Level 3, 5.1.3 and 5.1.9. */
export async function makePasskey(options: unknown): Promise<object> {
  return ceremony(async () => {
    const json = options as PublicKeyCredentialCreationOptionsJSON;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
    return navigator.credentials.create({ publicKey });
  });
}

async function ceremony(ask: () => Promise<Credential | null>): Promise<object> {
  if (!canUsePasskeys()) throw new PasskeyFailure('not-possible');
  try {
    const credential = await ask();
    if (credential) return (credential as PublicKeyCredential).toJSON();
  } catch (cause) {
    throw new PasskeyFailure(reasonOf(cause), cause);
  }
  throw new PasskeyFailure('cancelled');
}

/** Source: WebAuthn Level 3, 5.1.3 and 5.1.4: what each exception stands for. */
function reasonOf(cause: unknown): PasskeyFailure['reason'] {
  switch (cause instanceof DOMException && cause.name) {
    case 'NotAllowedError':
    case 'AbortError':
      return 'cancelled';
    case 'InvalidStateError':
      return 'exists';
    default:
      return 'not-possible';
  }
}
