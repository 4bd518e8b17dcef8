import assert from 'node:assert/strict';
import { totpCode } from '../crypto/index.ts';
import type { Harness } from './harness.ts';
import { secretHashOf } from './secret-hash.ts';
import type { Target } from './target.ts';

/** The secrets of users' applications, by pool and user. */
const secrets = new Map<string, string>();

/** A user's authenticator application. Each of its codes is another one: the clock goes on by a step before it. */
export function authenticatorOf(
  harness: Harness,
  { UserPoolId, ClientId, username, password, secret }: Target,
) {
  const key = `${UserPoolId} ${username}`;
  const codeNow = () =>
    totpCode(secrets.get(key) ?? '', Math.floor(harness.world.clock.nowMs() / 30_000));
  const code = () => {
    harness.advance(30_000);
    return codeNow();
  };
  return {
    code,
    /** The code of this moment, which may be used already. */
    codeNow,
    /** Sets it up for a user who signs in by password alone. */
    async setUp(): Promise<void> {
      const { AuthenticationResult } = await harness.call('AdminInitiateAuth', {
        ...{ UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' },
        AuthParameters: {
          ...{ USERNAME: username, PASSWORD: password },
          ...secretHashOf({ ClientId, username, secret }),
        },
      });
      const AccessToken = AuthenticationResult?.AccessToken ?? '';
      const { SecretCode = '' } = await harness.call('AssociateSoftwareToken', { AccessToken });
      secrets.set(key, SecretCode);
      const verified = await harness.call('VerifySoftwareToken', { AccessToken, UserCode: code() });
      assert.deepEqual(verified, { Status: 'SUCCESS' });
    },
    /** Sets it up in a sign-in that asks for it; answers the Session that goes on. */
    async setUpIn(asked: string): Promise<{ readonly Session: string }> {
      const made = await harness.call('AssociateSoftwareToken', { Session: asked });
      secrets.set(key, made.SecretCode ?? '');
      const { Session } = made;
      const verified = await harness.call('VerifySoftwareToken', { Session, UserCode: code() });
      assert.equal(verified.Status, 'SUCCESS');
      return { Session: verified.Session ?? '' };
    },
  };
}
