import { completeWebAuthnRegistration } from './complete-web-authn-registration.ts';
import { deleteWebAuthnCredential } from './delete-web-authn-credential.ts';
import { listWebAuthnCredentials } from './list-web-authn-credentials.ts';
import { startWebAuthnRegistration } from './start-web-authn-registration.ts';

/** The built operations of this area, by name. */
export const passkeysOperations = {
  CompleteWebAuthnRegistration: completeWebAuthnRegistration,
  DeleteWebAuthnCredential: deleteWebAuthnCredential,
  ListWebAuthnCredentials: listWebAuthnCredentials,
  StartWebAuthnRegistration: startWebAuthnRegistration,
};
