import { shapeProblem } from '@poolhouse/model';
import { draftProofs } from '../../attributes/store-attributes.ts';
import { sendCode } from '../../codes/codes.ts';
import {
  passwordMark,
  requireNewPassword,
  requireOtherThanTemporary,
  requirePolicy,
  sealPassword,
} from '../../passwords/password.ts';
import { replacePassword } from '../../passwords/replace-password.ts';
import { prefersAnothersSub } from '../../users/find-user.ts';
import { readableAttributes } from '../../domain/clients/attribute-permissions.ts';
import { missingRequired } from '../../domain/attributes/attribute-schema.ts';
import { messages } from '../../domain/texts.ts';
import { provesSameFactor } from '../../domain/tokens/token-gate.ts';
import type { User } from '../../domain/users/user.ts';
import { refuseAttempt, spendAttempt } from '../attempt.ts';
import { requireGiven, type TaskChallenge } from './challenge.ts';
import { ATTRIBUTE_PREFIX, requireAttributes } from './given-attributes.ts';

/** A password of the user's own, with the required attributes that have no value yet. Source: behaviour.md 6.8. */
export const newPasswordRequired: TaskChallenge = {
  name: 'NEW_PASSWORD_REQUIRED',
  carrier: 'Session',
  isFactor: false,
  // Only who knows the temporary password replaces it: not a passkey or code that was asked for before it was set (settings.md 8#4).
  isDue: ({ user, proofs }) =>
    isWaiting(user) && proofs.some(({ challenge }) => provesSameFactor(challenge, 'PASSWORD')),
  ask({ pool, client, user: { username, attributes } }) {
    const readable = readableAttributes(pool, client);
    const shown = Object.entries(attributes).filter(([name]) => readable(name));
    const missing = missingRequired(pool, attributes);
    return {
      parameters: {
        USER_ID_FOR_SRP: username,
        requiredAttributes: JSON.stringify(missing.map((name) => `${ATTRIBUTE_PREFIX}${name}`)),
        userAttributes: JSON.stringify(Object.fromEntries(shown)),
      },
    };
  },
  readAnswer(ctx, given) {
    const chosen = requireGiven(ctx, given, 'NEW_PASSWORD');
    // Named like the members that are passwords elsewhere [unsure].
    const malformed = shapeProblem('PasswordType', 'newPassword', chosen);
    if (malformed !== undefined) ctx.fail('InvalidParameterException', malformed);
  },
  async carryOut(ctx, user, { pool, client, attempt, given }) {
    const chosen = given['NEW_PASSWORD'] ?? '';
    const attributes = requireAttributes(ctx, { pool, client }, given, user);
    if (await prefersAnothersSub(ctx, pool, user, attributes.set)) {
      ctx.fail('AliasExistsException', messages.aliasTaken('preferred_username'));
    }
    requirePolicy(ctx, pool, chosen);
    await requireNewPassword(ctx, pool, user, chosen);
    await requireOtherThanTemporary(ctx, user, chosen);
    const sealed = await sealPassword(ctx, pool, user, chosen);
    // As UpdateUserAttributes does. Source: behaviour.md 5.6, by analogy.
    const addresses = attributes.toProve.map(({ attribute }) => attribute);
    const codes = await draftProofs(ctx, { pool, user, client }, addresses);
    return ctx.atomically(async (tx) => {
      await spendAttempt(tx, 'Session', attempt);
      const changed = await replacePassword(tx, {
        pool,
        user,
        sealed,
        change: (now) =>
          isWaiting(now) && passwordMark(now) === attempt.passwordMark
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
          for (const address of attributes.toProve) await sendCode(tx, codes, address);
          return { user: changed.user };
        case 'name-taken':
          return tx.fail('AliasExistsException', messages.aliasTaken(changed.nameKind));
        case 'missing':
        case 'refused':
          return refuseAttempt(tx, 'Session', changed.kind);
      }
    });
  },
};

function isWaiting(user: User): boolean {
  return user.enabled && user.status === 'FORCE_CHANGE_PASSWORD';
}
