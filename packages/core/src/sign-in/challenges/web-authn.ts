import { decoyPasskey } from '../../crypto/index.ts';
import { sub } from '../../domain/ids.ts';
import { isOriginOf } from '../../domain/passkeys/relying-party.ts';
import type { PasskeySettings } from '../../domain/passkeys/passkey-settings.ts';
import { requestOptions } from '../../domain/passkeys/request-options.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { messages } from '../../domain/texts.ts';
import type { User } from '../../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../../operation.ts';
import { checkUsedCredential } from '../../passkeys/check-used-credential.ts';
import { readUsedCredential, type UsedCredential } from '../../passkeys/read-credential.ts';
import { passkeySettingsOf } from '../../passkeys/require-passkeys.ts';
import { usablePasskeys } from '../../passkeys/usable-passkeys.ts';
import type { UserRef } from '../../ports/stores/users.ts';
import type { At } from '../attempt.ts';
import type { SignInStore } from '../complete.ts';
import { attemptSubject, type Subject } from '../identify.ts';
import { requireGiven, type FactorChallenge, type Given, type Question } from './challenge.ts';

/** Source: settings.md 9#2. */
const CHALLENGE_BYTES = 16;

/**
 * A passkey: the browser signs what it was asked, the page that asked, and whether the user was verified. Nobody finds such an answer by
 * trying, so that no lock stops it, and nobody keeps a user out by wrong passwords. Source: settings.md 9#5 to 9#8; security.md S13, P01 to P10.
 */
export const webAuthn = {
  name: 'WEB_AUTHN',
  carrier: 'Session',
  isFactor: true,
  isUnguessable: true,
  isDue: () => false,
  asFirst: {
    factor: 'WEB_AUTHN',
    async isReady(ctx, user, { pool, needsSecond }) {
      const settings = await passkeySettingsOf(ctx, pool);
      if (!settings.isEnabled || (needsSecond && !isTwoFactors(settings, user))) return false;
      return (await usablePasskeys(ctx, user, settings)).length > 0;
    },
  },
  // Who has none is asked like somebody with another one.
  hasSecret: () => true,
  readAnswer: (ctx, given) => void requireCredential(ctx, given),
  question: { read: () => undefined, ask },
  async check(ctx, subject, { pool, given, memory }) {
    const settings = await passkeySettingsOf(ctx, pool);
    const { relyingPartyId, userVerification, isEnabled } = settings;
    const credential = readUsedCredential(given['CREDENTIAL'] ?? '');
    const library = await ctx.world.webAuthn();
    const ref = refOfSubject(pool, subject);
    const passkeys = await usablePasskeys(ctx, ref, settings);
    const wrong = (detail: string) => ({ kind: 'wrong', detail }) as const;
    if (!isEnabled || relyingPartyId === undefined) return wrong('the pool has no passkeys');
    if (library === undefined || credential === undefined) return wrong('nothing to check');
    const { clientData, response } = credential;
    const passkey = passkeys.find(({ credentialId }) => credentialId === credential.id);
    const use = await checkUsedCredential(library, credential, passkey, {
      relyingPartyId,
      mustVerifyUser: userVerification === 'required',
    });
    if (clientData.challenge !== memory['challenge']) return wrong('another challenge');
    if (clientData.isFramed || !isOriginOf(relyingPartyId, clientData.origin, ctx.publicUrl)) {
      return wrong(`origin ${clientData.origin}`);
    }
    if (passkey === undefined || subject.kind === 'decoy') return wrong('no such passkey');
    if (!isHandleOf(response, subject.user.sub)) return wrong('the handle of somebody else');
    if ('problem' in use) return wrong(use.problem);
    const { signCount, isBackedUp, isUserVerified } = use;
    const noted = { signCount, isBackedUp, atMs: ctx.nowMs };
    if (!(await ctx.stores.passkeys.noteUse(ref, passkey.credentialId, noted))) {
      return wrong('the count has not grown, or the passkey is gone');
    }
    return {
      kind: 'right',
      proof: {
        ...(isTwoFactors(settings, subject.user) && isUserVerified && { isTwoFactors: true }),
        ...(passkey.attachment === 'cross-platform' && { isRoaming: true }),
      },
    };
  },
} as const satisfies FactorChallenge;

/** Whether a passkey is two factors for the user: where the pool says so, unless the user does not want that. Source: SDK, WebAuthnMfaSettingsType. */
function isTwoFactors(settings: PasskeySettings, { mfa }: Pick<User, 'mfa'>): boolean {
  return settings.isTwoFactors && !mfa?.passkeyIsOneFactor;
}

/** Asks for one of the user's passkeys. Whoever has none is asked for one that does not exist, always the same (security.md P10). */
async function ask(
  ctx: OperationContext<'NotAuthorizedException', SignInStore>,
  subject: Subject,
  { pool }: At & { readonly given: Given },
): Promise<Question> {
  const settings = await passkeySettingsOf(ctx, pool);
  const relyingPartyId =
    settings.relyingPartyId ??
    ctx.fail('NotAuthorizedException', messages.incorrectUsernameOrPassword, 'no relying party');
  const found = await usablePasskeys(ctx, refOfSubject(pool, subject), settings);
  // Made for everybody: the time must not tell.
  const key = (await ctx.secretsOf(pool.id)).subkey('simulated-users');
  const decoy = decoyPasskey(key, attemptSubject(subject).id);
  const challenge = ctx.random.bytes(CHALLENGE_BYTES).toString('base64url');
  const allowed = subject.kind === 'user' && found.length > 0 ? found : [decoy];
  return {
    parameters: {
      CREDENTIAL_REQUEST_OPTIONS: requestOptions(challenge, relyingPartyId, allowed, settings),
    },
    memory: { challenge },
  };
}

function requireCredential(
  ctx: TransactionContext<'InvalidParameterException', never>,
  given: Given,
): UsedCredential {
  return (
    readUsedCredential(requireGiven(ctx, given, 'CREDENTIAL')) ??
    ctx.fail('InvalidParameterException', messages.passkeyInvalid)
  );
}

/** Also of a decoy, of whom nothing will be found. */
function refOfSubject(pool: Pool, subject: Subject): UserRef {
  return { poolId: pool.id, sub: sub(attemptSubject(subject).id) };
}

/** The user of the passkey, if its authenticator says whose it is. Source: WebAuthn Level 3, section 7.2, step 6. */
function isHandleOf({ userHandle }: UsedCredential['response'], of: string): boolean {
  return userHandle === undefined || userHandle === Buffer.from(of).toString('base64url');
}
