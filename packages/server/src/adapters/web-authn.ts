import type { LoadWebAuthn, WebAuthnLibrary } from '@poolhouse/core';

/**
 * Loads `@simplewebauthn/server`, an optional package, when the first passkey is registered or used: a start does not wait for it, and
 * a server without passkeys does without.
 */
export function makeLoadWebAuthn(): LoadWebAuthn {
  let loading: Promise<WebAuthnLibrary | undefined> | undefined;
  return () => (loading ??= load());
}

async function load(): Promise<WebAuthnLibrary | undefined> {
  // Variables, so that the bundle leaves it out and its types are not needed.
  const name = '@simplewebauthn/server';
  const helpersName = `${name}/helpers`;
  try {
    const [checks, helpers] = await Promise.all([import(name), import(helpersName)]);
    return { ...checks, helpers } as WebAuthnLibrary;
  } catch {
    return undefined;
  }
}
