import type { LoadWebAuthn, WebAuthnLibrary } from '../ports/web-authn.ts';

// Variables, because their types are the port's.
const name = '@simplewebauthn/server';
const helpersName = `${name}/helpers`;

/** The library itself, as the server loads it. */
export const loadWebAuthn: LoadWebAuthn = async () => {
  const [checks, helpers] = await Promise.all([import(name), import(helpersName)]);
  return { ...checks, helpers } as WebAuthnLibrary;
};
