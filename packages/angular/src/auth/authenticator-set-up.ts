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

/** Sets an authenticator application up, where a sign-in asks for it or for a person who is signed in. Source: settings.md 7#11. */
export class AuthenticatorSetUp {
  readonly #progress: SignInProgress;
  readonly #call: CallPool;
  readonly #callSignedIn: CallSignedIn;

  constructor(progress: SignInProgress, call: CallPool, callSignedIn: CallSignedIn) {
    this.#progress = progress;
    this.#call = call;
    this.#callSignedIn = callSignedIn;
  }

  /** Makes a key. */
  async start(): Promise<AuthenticatorKey> {
    const progress = this.#progress;
    const { SecretCode: key } = this.#isForSignIn()
      ? await progress.within('set-up-factor', () =>
          progress.exchange((Session) => this.#call('AssociateSoftwareToken', { Session })),
        )
      : await this.#callSignedIn('AssociateSoftwareToken', {});
    return { key };
  }

  /** Takes the application into use. */
  async finish({ code, deviceName }: AuthenticatorCodeInput): Promise<SignInResult> {
    const progress = this.#progress;
    const name = deviceName?.trim();
    const given = { UserCode: compact(code), ...(name && { FriendlyDeviceName: name }) };
    if (this.#isForSignIn()) {
      return progress.answer('set-up-factor', async (respond) => {
        requireSuccess(
          await progress.exchange((Session) =>
            this.#call('VerifySoftwareToken', { Session, ...given }),
          ),
        );
        return respond('MFA_SETUP', {});
      });
    }
    requireSuccess(await this.#callSignedIn('VerifySoftwareToken', given));
    const { UserMFASettingList: on = [] } = await this.#callSignedIn('GetUser', {});
    if (!on.includes(FACTOR_NAMES.authenticator)) {
      const SoftwareTokenMfaSettings = { Enabled: true };
      await this.#callSignedIn('SetUserMFAPreference', { SoftwareTokenMfaSettings });
    }
    return { next: 'signed-in' };
  }

  #isForSignIn(): boolean {
    return this.#progress.challenge()?.kind === 'set-up-factor';
  }
}

/** The service sometimes says in an answer that the code was wrong. Source: settings.md 6. */
function requireSuccess({ Status }: { readonly Status?: string }): void {
  if (Status === 'SUCCESS') return;
  throw new PoolFailure('VerifySoftwareToken', {
    ...{ serviceCode: 'CodeMismatchException', httpStatus: 200, message: `status ${Status}` },
  });
}

/**
 * The URI that authenticator applications read from a QR code. Source: the Key Uri Format of Google Authenticator, which they all take;
 * settings.md 7#11 has the algorithm, digits and period, which are the defaults.
 */
export function authenticatorUri({
  key,
  issuer,
  account,
}: AuthenticatorKey & { readonly issuer: string; readonly account: string }): string {
  // A colon would end the issuer too early.
  const [site, name] = [issuer, account].map((part) =>
    encodeURIComponent(part.replaceAll(':', ' ').trim()),
  );
  const label = site ? `${site}:${name}` : name;
  return `otpauth://totp/${label}?secret=${key}${site ? `&issuer=${site}` : ''}`;
}
