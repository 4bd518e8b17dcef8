import type { AttributeType } from '@poolhouse/model';
import { temporaryPassword } from '@poolhouse/rules';
import { randomText, randomUuid } from '../../crypto/index.ts';
import { hasFormOfSub, isNameTaken, prefersAnothersSub } from '../../users/find-user.ts';
import {
  givenAttributes,
  mayLackPassword,
  newUser,
  refuseName,
  requireStorable,
} from '../../users/new-user.ts';
import {
  draftInvitations,
  sendInvitations,
  unreachableProblem,
} from '../../invitations/invitation.ts';
import { requirePolicy, sealFirstPassword, type FirstPassword } from '../../passwords/password.ts';
import { releaseAlias } from '../../users/release-alias.ts';
import { requirePool } from '../../pools/require.ts';
import { resendInvitation } from '../../invitations/resend-invitation.ts';
import { emptyProof } from '../../domain/attributes/attribute-change.ts';
import type { AttributeValues } from '../../domain/attributes/attribute-schema.ts';
import { sub } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { hasTrigger } from '../../domain/pools/unbuilt-settings.ts';
import { isVerified, usesAddressesAsNames } from '../../domain/users/sign-in-names.ts';
import { temporaryPasswordEndsAtMs } from '../../domain/passwords/temporary-password-validity.ts';
import { requireNoTrigger } from '../../triggers/fail-closed.ts';
import { messages } from '../../domain/texts.ts';
import { toUserType } from '../../domain/users/user-shapes.ts';
import type { SignInNameKind, User } from '../../domain/users/user.ts';
import { addressAttributeOf, usernameProblem } from '../../domain/users/username-form.ts';
import { operation, type OperationContext, type TransactionContext } from '../../operation.ts';

const addresses = ['email', 'phone_number'] as const;

/**
 * Creates a user who chooses a password at the first sign-in, and invites it; or invites once more. Required attributes
 * are asked for at that sign-in, not here. Source: API model, AdminCreateUser; behaviour.md 5.4, 5.5.
 */
export const adminCreateUser = operation('AdminCreateUser', {
  needs: ['pools', 'users', 'codes', 'outbox', 'limits', 'sessions'],
  run: async (ctx, input) => {
    const { Username, MessageAction, DesiredDeliveryMediums: mediums = [] } = input;
    const pool = await requirePool(ctx, input.UserPoolId);
    if (MessageAction === 'RESEND') {
      const password =
        givenPassword(ctx, pool, input.TemporaryPassword) ?? generatePassword(ctx, pool);
      const user = await resendInvitation(ctx, pool, Username, password, mediums);
      return { User: toUserType(user) };
    }
    requireNoTrigger(ctx, pool, 'PreSignUp');
    const misnamed = usernameProblem(pool, Username);
    if (misnamed !== undefined) return ctx.fail('InvalidParameterException', misnamed);
    const attributes = attributesOf(ctx, pool, Username, input.UserAttributes ?? []);
    const unreachable = unreachableProblem({ attributes }, mediums);
    // Nobody is to be reached where nothing is to be sent [unsure].
    if (unreachable !== undefined && MessageAction !== 'SUPPRESS') {
      return ctx.fail('InvalidParameterException', unreachable);
    }
    const password = passwordOf(ctx, pool, input.TemporaryPassword);
    const record = userOf(ctx, pool, Username, attributes, password);
    await requireFreeName(ctx, pool, Username, record, password);
    const sealed = password && (await sealFirstPassword(ctx, pool, record, password));
    const user = { ...record, ...sealed };
    const invitation = { pool, user, username: Username, password: password?.text, mediums };
    const invitations = MessageAction === 'SUPPRESS' ? [] : await draftInvitations(ctx, invitation);
    await ctx.atomically(async (tx) => {
      if (input.ForceAliasCreation === true) await takeAliases(tx, pool, user);
      const created = await tx.stores.users.create(user);
      if (created.kind === 'name-taken') return refuse(tx, created.nameKind);
      await sendInvitations(tx, user, invitations);
    });
    return { User: toUserType(user) };
  },
});

/** The attributes as they will be stored, the user name's own address among them. */
function attributesOf(
  ctx: TransactionContext<'InvalidParameterException', never>,
  pool: Pool,
  username: string,
  list: readonly AttributeType[],
): AttributeValues {
  const stored = requireStorable(ctx, pool, givenAttributes(ctx, pool, username, list));
  const empty = emptyProof(stored, stored);
  return empty === undefined ? stored : ctx.fail('InvalidParameterException', empty);
}

function givenPassword(
  ctx: OperationContext<'InvalidPasswordException', never>,
  pool: Pool,
  password: string | undefined,
): FirstPassword | undefined {
  if (password === undefined || password === '') return undefined;
  requirePolicy(ctx, pool, password);
  return { text: password, isMade: false };
}

function generatePassword(ctx: TransactionContext<never, never>, pool: Pool): FirstPassword {
  const text = temporaryPassword(pool.settings.Policies?.PasswordPolicy, (alphabet, length) =>
    randomText(ctx.random, alphabet, length),
  );
  return { text, isMade: true };
}

/** No password is made where codes let users in without one. Source: API model, TemporaryPassword. */
function passwordOf(
  ctx: OperationContext<'InvalidPasswordException', never>,
  pool: Pool,
  password: string | undefined,
): FirstPassword | undefined {
  const given = givenPassword(ctx, pool, password);
  return given ?? (mayLackPassword(pool) ? undefined : generatePassword(ctx, pool));
}

/** Whom the request names, still without the password. */
function userOf(
  ctx: TransactionContext<never, never>,
  pool: Pool,
  typedName: string,
  attributes: AttributeValues,
  password: FirstPassword | undefined,
): User {
  const id = sub(randomUuid(ctx.random));
  const waits = password !== undefined;
  return newUser(ctx.nowMs, pool, {
    sub: id,
    username: usesAddressesAsNames(pool) ? id : typedName,
    status: waits ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED',
    attributes,
    temporaryPasswordExpiresAtMs: waits ? temporaryPasswordEndsAtMs(pool, ctx.nowMs) : undefined,
  });
}

/**
 * Refuses names that are known to be another's. The insert decides in the end, and alone where only the typed name is claimed, and
 * nothing slow and no function of the pool's owner comes before it: then nobody is looked up.
 */
async function requireFreeName(
  ctx: TransactionContext<'UsernameExistsException', 'users'>,
  pool: Pool,
  typedName: string,
  user: User,
  password: FirstPassword | undefined,
): Promise<void> {
  const claimed = user.names.filter(({ key }) => key !== user.sub);
  const isQuick = password === undefined || (password.isMade && !pool.allowsSrp);
  const insertDecides =
    claimed.length === 1 &&
    isQuick &&
    !hasFormOfSub(typedName) &&
    !hasTrigger(pool, 'CustomMessage');
  if (insertDecides) return;
  if (await isNameTaken(ctx, pool, typedName)) {
    refuse(ctx, addressAttributeOf(pool, typedName) ?? 'username');
  }
  if (await prefersAnothersSub(ctx, pool, user, user.attributes)) {
    refuse(ctx, 'preferred_username');
  }
}

function refuse(
  ctx: TransactionContext<'UsernameExistsException', never>,
  kind: SignInNameKind,
): never {
  return refuseName(ctx, kind, messages.adminUserExists);
}

/** Only addresses that the administrator vouches for move. Source: API model, ForceAliasCreation. */
async function takeAliases(
  ctx: TransactionContext<never, 'users'>,
  pool: Pool,
  user: User,
): Promise<void> {
  for (const attribute of addresses) {
    const value = user.attributes[attribute];
    const isAlias = pool.settings.AliasAttributes?.includes(attribute) ?? false;
    if (value !== undefined && isAlias && isVerified(user, attribute)) {
      await releaseAlias(ctx, pool, attribute, value, user.sub);
    }
  }
}
