import { shapeProblem, type RespondToAuthChallengeResponse } from '@poolhouse/model';
import { openState } from '../crypto/index.ts';
import { requireParameter } from '../auth-flows/request.ts';
import { sendCode } from '../directory/codes/codes.ts';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { findByName, prefersAnothersSub } from '../directory/users/find-user.ts';
import {
  passwordMark,
  requireNewPassword,
  requireOtherThanTemporary,
  requirePolicy,
  sealPassword,
} from '../directory/passwords/password.ts';
import { replacePassword } from '../directory/passwords/replace-password.ts';
import { writableAttributes } from '../domain/attributes/attribute-permissions.ts';
import {
  keepsOldAddress,
  type Address,
  type AttributeChange,
} from '../domain/attributes/attribute-change.ts';
import { autoVerified } from '../domain/attributes/confirmation-address.ts';
import {
  checkAttributeValues,
  isMutable,
  missingRequired,
  schemaMessage,
  storedValues,
} from '../domain/attributes/attribute-schema.ts';
import { sub } from '../domain/ids.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { Cx } from '../operation.ts';
import { completeSignIn, spendProof, type SignInStore } from '../tokens/sign-in.ts';
import type { ChallengeAnswer } from './answer.ts';
import { CHALLENGE_SESSION, type ChallengeSession } from './new-password-session.ts';

type NewPasswordError =
  | 'AliasExistsException'
  | 'InvalidParameterException'
  | 'InvalidPasswordException'
  | 'NotAuthorizedException'
  | 'PasswordHistoryPolicyViolationException'
  | 'UnexpectedLambdaException';

const ATTRIBUTE_PREFIX = 'userAttributes.';

/** Sets the password that a user must choose, with the attributes still missing, and signs in. Source: behaviour.md 6.8. */
export async function answerNewPassword(
  cx: Cx<NewPasswordError, SignInStore | 'codes' | 'outbox'>,
  answer: ChallengeAnswer,
): Promise<RespondToAuthChallengeResponse> {
  const { pool, client, responses } = answer;
  const username = requireParameter(cx, responses, 'USERNAME');
  const password = requireParameter(cx, responses, 'NEW_PASSWORD');
  // Named like the members that are passwords elsewhere [unsure].
  const malformed = shapeProblem('PasswordType', 'newPassword', password);
  if (malformed !== undefined) cx.fail('InvalidParameterException', malformed);
  await requireSecretHash(cx, client, username, responses['SECRET_HASH']);
  const { session, user } = await requireSession(cx, answer, username);
  const attributes = requireAttributes(cx, answer, user);
  if (await prefersAnothersSub(cx, pool, user, attributes.set)) {
    cx.fail('AliasExistsException', messages.aliasTaken('preferred_username'));
  }
  requirePolicy(cx, pool, password);
  await requireNewPassword(cx, pool, user, password);
  await requireOtherThanTemporary(cx, user, password);
  const sealed = await sealPassword(cx, pool, user, password);
  const next = await cx.atomically(async (tx) => {
    await spendProof(tx, session, messages.usedSession);
    const changed = await replacePassword(tx, {
      pool,
      user,
      sealed,
      change: (now) =>
        isWaiting(now) && passwordMark(now) === session.passwordMark
          ? {
              ...now,
              status: 'CONFIRMED',
              attributes: { ...now.attributes, ...attributes.set },
              // Those that this very answer brings; what waited before it is over.
              pendingAttributes: attributes.pending,
            }
          : { refusal: 'overtaken' },
    });
    switch (changed.kind) {
      case 'changed':
        await sendProofs(tx, answer, changed.user, attributes.toProve);
        return changed.user;
      case 'name-taken':
        return tx.fail('AliasExistsException', messages.aliasTaken(changed.nameKind));
      case 'missing':
      case 'refused':
        return tx.fail('NotAuthorizedException', messages.invalidSession);
    }
  });
  return {
    ChallengeParameters: {},
    AuthenticationResult: await completeSignIn(cx, { pool, client, user: next }),
  };
}

/** Sends the codes that prove new addresses, as UpdateUserAttributes does. Source: behaviour.md 5.6, by analogy. */
async function sendProofs(
  tx: Cx<'UnexpectedLambdaException', 'codes' | 'outbox' | 'limits'>,
  { pool, client }: ChallengeAnswer,
  user: User,
  toProve: AttributeChange['toProve'],
): Promise<void> {
  const code = { purpose: 'verify-attribute', occasion: 'UpdateUserAttribute' } as const;
  for (const address of toProve) await sendCode(tx, { ...code, pool, client, user, ...address });
}

function isWaiting(user: User): boolean {
  return user.enabled && user.status === 'FORCE_CHANGE_PASSWORD';
}

/** The session and its user; a session of another client, step, user or password is worth nothing (security.md S17). */
async function requireSession(
  cx: Cx<'NotAuthorizedException', 'users' | 'spentProofs'>,
  { pool, client, session: text }: ChallengeAnswer,
  username: string,
): Promise<{ readonly session: ChallengeSession; readonly user: User }> {
  const key = (await cx.world.vault.of(pool.id)).subkey('sessions');
  const opened = openState<ChallengeSession>(key, CHALLENGE_SESSION, text ?? '', cx.nowMs);
  if (!opened.ok) {
    return cx.fail(
      'NotAuthorizedException',
      opened.reason === 'expired' ? messages.expiredSession : messages.invalidSession,
    );
  }
  const session = opened.value;
  const refuse = (detail: string) =>
    cx.fail('NotAuthorizedException', messages.invalidSession, detail);
  if (session.clientId !== client.id) return refuse('another client');
  const user = await cx.stores.users.bySub({ poolId: pool.id, sub: sub(session.sub) });
  if (user === undefined) return refuse('user is gone');
  if (!user.enabled) cx.fail('NotAuthorizedException', messages.userDisabled);
  // USERNAME is what the challenge called USER_ID_FOR_SRP, or a name to sign in with.
  const isNamed =
    username === user.username || (await findByName(cx, pool, username))?.sub === user.sub;
  if (!isNamed) return refuse('another user');
  if (!isWaiting(user) || passwordMark(user) !== session.passwordMark) {
    // Its own answer is the first thing that may have overtaken it. Spending a session that is worth nothing changes nothing.
    await spendProof(cx, session, messages.usedSession);
    return refuse('overtaken');
  }
  return { session, user };
}

/** What the attributes sent along become: new values, and addresses that wait for their proof. */
interface GivenAttributes {
  readonly set: Readonly<Record<string, string>>;
  readonly pending: User['pendingAttributes'];
  /** New addresses to which a code goes, as when they are changed later. */
  readonly toProve: AttributeChange['toProve'];
}

/**
 * The attributes sent along: all required ones that are missing, none that is there already or not the client's to write,
 * and no other value for what may not change (security.md A06). Where the pool keeps an address until the
 * new one is proved, so does this path (A07).
 */
function requireAttributes(
  cx: Cx<'InvalidParameterException' | 'NotAuthorizedException', never>,
  { pool, client, responses }: ChallengeAnswer,
  user: User,
): GivenAttributes {
  const given = Object.fromEntries(
    Object.entries(responses)
      .filter(([name]) => name.startsWith(ATTRIBUTE_PREFIX))
      .map(([name, value]) => [name.slice(ATTRIBUTE_PREFIX.length), value]),
  );
  const missing = missingRequired(pool, { ...user.attributes, ...given });
  if (missing.length > 0) {
    const names = missing.length === 1 ? missing[0] : missing.map((name) => `\n${name}`).join('');
    cx.fail('InvalidParameterException', `Invalid attributes given, ${names} is missing`);
  }
  const writable = writableAttributes(pool, client);
  const required = new Set(missingRequired(pool, {}));
  for (const name of Object.keys(given)) {
    if (required.has(name) && user.attributes[name]) {
      cx.fail('NotAuthorizedException', `Cannot modify an already provided ${name}`);
    }
    if (!writable(name)) {
      cx.fail('NotAuthorizedException', messages.unauthorizedAttribute);
    }
    // The same value again changes nothing: clients send back what the challenge showed them.
    if (!isMutable(pool, name) && user.attributes[name] && given[name] !== user.attributes[name]) {
      const reasons = [[name, messages.attributeImmutable]] as const;
      cx.fail('InvalidParameterException', schemaMessage('update', reasons));
    }
  }
  const problem = checkAttributeValues(pool, given);
  if (problem !== undefined) cx.fail('InvalidParameterException', problem);
  const set: Record<string, string> = { ...storedValues(pool, given) };
  const pending: Record<string, string> = {};
  const toProve: { attribute: Address; destination: string }[] = [];
  for (const name of ['email', 'phone_number'] as const) {
    const value = set[name];
    if (value === undefined || value === user.attributes[name]) continue;
    const waits = Boolean(user.attributes[name]) && keepsOldAddress(pool, name);
    if (value !== '' && (waits || autoVerified(pool).includes(name))) {
      toProve.push({ attribute: name, destination: value });
    }
    if (waits) {
      pending[name] = value;
      delete set[name];
    } else {
      // A new address is unproven, whatever mark the old one had.
      set[`${name}_verified`] = 'false';
    }
  }
  return { set, pending, toProve };
}
