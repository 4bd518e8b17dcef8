import { PoolFailure, type CallPool } from '../pool/pool-api';
import type { CallSignedIn } from './call-signed-in';
import type { SignInResult } from './outcomes';
import { FACTOR_NAMES } from './second-factors';
import type { SignInProgress } from './sign-in-progress';
import { compact } from './typed-input';

/** The key that an authenticator application is set up with. */
export interface AuthenticatorKey {
  /** In Base32, as people type it into an application. */
  readonly key: string;
}

/** A code of the application that is being set up. */
export interface AuthenticatorCodeInput {
  readonly code: string;
  /** What the person calls the device that the application is on. */
  readonly deviceName?: string | undefined;
}

/** What the set-up works with: a sign-in that asks for it, or a person who is signed in. Source: settings.md 7#11. */
interface Parts {
  readonly progress: SignInProgress;
  readonly call: CallPool;
  readonly callSignedIn: CallSignedIn;
}

/** Makes a key. */
export async function startAuthenticator(parts: Parts): Promise<AuthenticatorKey> {
  const { progress, call, callSignedIn } = parts;
  const { SecretCode: key } = isForSignIn(progress)
    ? await progress.within('set-up-factor', () =>
        progress.exchange((Session) => call('AssociateSoftwareToken', { Session })),
      )
    : await callSignedIn('AssociateSoftwareToken', {});
  return { key };
}

/** Takes the application into use. */
export async function finishAuthenticator(
  { progress, call, callSignedIn }: Parts,
  { code, deviceName }: AuthenticatorCodeInput,
): Promise<SignInResult> {
  const name = deviceName?.trim();
  const given = { UserCode: compact(code), ...(name && { FriendlyDeviceName: name }) };
  if (isForSignIn(progress)) {
    return progress.answer('set-up-factor', async (respond) => {
      requireSuccess(
        await progress.exchange((Session) => call('VerifySoftwareToken', { Session, ...given })),
      );
      return respond('MFA_SETUP', {});
    });
  }
  requireSuccess(await callSignedIn('VerifySoftwareToken', given));
  const { UserMFASettingList: on = [] } = await callSignedIn('GetUser', {});
  if (!on.includes(FACTOR_NAMES.authenticator)) {
    await callSignedIn('SetUserMFAPreference', { SoftwareTokenMfaSettings: { Enabled: true } });
  }
  return { next: 'signed-in' };
}

function isForSignIn(progress: SignInProgress): boolean {
  return progress.challenge()?.kind === 'set-up-factor';
}

/** The service sometimes says in an answer that the code was wrong. Source: settings.md 6. */
function requireSuccess({ Status }: { readonly Status?: string }): void {
  if (Status === 'SUCCESS') return;
  throw new PoolFailure('VerifySoftwareToken', {
    ...{ serviceCode: 'CodeMismatchException', httpStatus: 200, message: `${Status}` },
  });
}
