/** What a browser collected for the authenticator to sign. Source: WebAuthn Level 3, section 5.8.1. */
interface ClientData {
  readonly challenge: string;
  readonly origin: string;
  /** Whether the page was a frame in somebody else's. */
  readonly isFramed: boolean;
}

/** A credential as it came in, with the parts that are told apart before its signature is checked. */
export interface GivenCredential<Response> {
  /** Base64url. */
  readonly id: string;
  readonly attachment: string | undefined;
  readonly clientData: ClientData;
  readonly response: Response & { readonly clientDataJSON: string };
}

/** The answer of an authenticator that has made a passkey. */
export type NewCredential = GivenCredential<{
  readonly attestationObject: string;
  readonly transports: readonly string[];
}>;

/** The answer of an authenticator that has used one. */
export type UsedCredential = GivenCredential<{
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle?: string;
}>;

/** Characters that an id has at most. Source: WebAuthn Level 3, section 5.8.3: 1,023 bytes. */
const LONGEST_ID = 1_364;
/** For whatever else is in a credential; nothing that a browser sends comes near. */
const LONGEST_PART = 16_384;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a new passkey; `undefined` if its form is wrong, if a member is missing that every browser sends, or if the authenticator says that
 * the passkey cannot be found without a name. Source: WebAuthn Level 3, RegistrationResponseJSON; settings.md 9#3.
 */
export function readNewCredential(given: unknown): NewCredential | undefined {
  const credential = readCredential(given);
  if (credential === undefined) return undefined;
  const { response, extensions } = credential;
  const { attestationObject, authenticatorData, publicKeyAlgorithm, transports } = response;
  if (!isPart(attestationObject) || !isPart(authenticatorData)) return undefined;
  if (typeof publicKeyAlgorithm !== 'number' || !isTransports(transports)) return undefined;
  const { credProps } = extensions;
  if (isObject(credProps) && credProps['rk'] === false) return undefined;
  const { id, attachment, clientData, clientDataJSON } = credential;
  return {
    id,
    attachment,
    clientData,
    response: { clientDataJSON, attestationObject, transports },
  };
}

/** Reads a used passkey, from the JSON text in which it is sent. Source: WebAuthn Level 3, AuthenticationResponseJSON; settings.md 9#6. */
export function readUsedCredential(text: string): UsedCredential | undefined {
  if (text.length > 4 * LONGEST_PART) return undefined;
  const credential = readCredential(parsed(text));
  if (credential === undefined) return undefined;
  const { authenticatorData, signature, userHandle } = credential.response;
  if (!isPart(authenticatorData) || !isPart(signature)) return undefined;
  const { id, attachment, clientData, clientDataJSON } = credential;
  const handle = isPart(userHandle) ? { userHandle } : {};
  const response = { clientDataJSON, authenticatorData, signature, ...handle };
  return { id, attachment, clientData, response };
}

function readCredential(given: unknown) {
  if (!isObject(given)) return undefined;
  const { id, rawId, type, response, authenticatorAttachment, clientExtensionResults } = given;
  if (!isPart(id) || id.length > LONGEST_ID || rawId !== id || type !== 'public-key') return;
  if (!isObject(response) || !isObject(clientExtensionResults)) return undefined;
  const { clientDataJSON } = response;
  if (!isPart(clientDataJSON)) return undefined;
  const clientData = readClientData(clientDataJSON);
  if (clientData === undefined) return undefined;
  const attachment =
    authenticatorAttachment === 'platform' || authenticatorAttachment === 'cross-platform'
      ? authenticatorAttachment
      : undefined;
  return {
    id,
    attachment,
    clientData,
    clientDataJSON,
    response,
    extensions: clientExtensionResults,
  };
}

function readClientData(encoded: string): ClientData | undefined {
  const json = parsed(Buffer.from(encoded, 'base64url').toString('utf8'));
  if (!isObject(json)) return undefined;
  const { challenge, origin, crossOrigin, topOrigin } = json;
  if (typeof challenge !== 'string' || typeof origin !== 'string') {
    return undefined;
  }
  const isFramed = (crossOrigin ?? false) !== false || topOrigin !== undefined;
  return { challenge, origin, isFramed };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPart(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_PART && BASE64URL.test(value);
}

function isTransports(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= 10 &&
    value.every((one) => typeof one === 'string' && /^[a-z-]{1,20}$/.test(one))
  );
}
