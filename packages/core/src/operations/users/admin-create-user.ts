import type { AttributeType } from '@poolhouse/model';
import { temporaryPassword } from '@poolhouse/rules';
import { randomText, randomUuid } from '../../crypto/index.ts';
import { isNameTaken, prefersAnothersSub } from '../../users/find-user.ts';
import {
  draftInvitations,
  sendInvitations,
  unreachableProblem,
} from '../../invitations/invitation.ts';
import {
  requirePolicy,
  sealFirstPassword,
  type FirstPassword,
  type SealedPassword,
} from '../../passwords/password.ts';
import { releaseAlias } from '../../users/release-alias.ts';
import { requirePool } from '../../pools/require.ts';
import { resendInvitation } from '../../invitations/resend-invitation.ts';
import { emptyProof, requestedValues } from '../../domain/attributes/attribute-change.ts';
import {
  checkAttributeValues,
  storedValues,
  valuesToStore,
  type AttributeValues,
} from '../../domain/attributes/attribute-schema.ts';
import { sub } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import {
  isVerified,
  nameKey,
  signInNames,
  usesAddressesAsNames,
} from '../../domain/users/sign-in-names.ts';
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
    if (await isNameTaken(ctx, pool, Username)) {
      return refuseName(ctx, addressAttributeOf(pool, Username) ?? 'username');
    }
    const id = sub(randomUuid(ctx.random));
    if (await prefersAnothersSub(ctx, pool, { sub: id }, attributes)) {
      return refuseName(ctx, 'preferred_username');
    }
    const user = await newUser(ctx, pool, { sub: id, typedName: Username, attributes }, password);
    const invitation = { pool, user, username: Username, password: password?.text, mediums };
    const invitations = MessageAction === 'SUPPRESS' ? [] : await draftInvitations(ctx, invitation);
    await ctx.atomically(async (tx) => {
      if (input.ForceAliasCreation === true) await takeAliases(tx, pool, user);
      const created = await tx.stores.users.create(user);
      if (created.kind === 'name-taken') return refuseName(tx, created.nameKind);
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
  const values = new Map(Object.entries(valuesToStore(pool, requestedValues(list))));
  const address = addressAttributeOf(pool, username);
  if (address !== undefined) {
    if (nameKey(pool, values.get(address) ?? username) !== nameKey(pool, username)) {
      ctx.fail('InvalidParameterException', messages.usernameDiffers(address));
    }
    values.set(address, username);
  }
  const given = Object.fromEntries(values);
  const problem = checkAttributeValues(pool, given);
  if (problem !== undefined) ctx.fail('InvalidParameterException', problem);
  const stored = storedValues(pool, given);
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
  const factors = pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  const byCode = factors.includes('EMAIL_OTP') || factors.includes('SMS_OTP');
  return givenPassword(ctx, pool, password) ?? (byCode ? undefined : generatePassword(ctx, pool));
}

async function newUser(
  ctx: OperationContext<never, never>,
  pool: Pool,
  made: Pick<User, 'sub' | 'attributes'> & { readonly typedName: string },
  password: FirstPassword | undefined,
): Promise<User> {
  const { sub: id, typedName, attributes } = made;
  const username = usesAddressesAsNames(pool) ? id : typedName;
  const sealed: SealedPassword =
    password === undefined
      ? {}
      : await sealFirstPassword(ctx, pool, { sub: id, username }, password);
  const status = password === undefined ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  const endsAtMs = password === undefined ? undefined : temporaryPasswordEndsAtMs(pool, ctx.nowMs);
  return {
    poolId: pool.id,
    sub: id,
    username,
    status,
    enabled: true,
    attributes,
    pendingAttributes: {},
    names: signInNames(pool, { sub: id, username, status, attributes }),
    ...sealed,
    sealedHistory: [],
    temporaryPasswordExpiresAtMs: endsAtMs,
    createdAtMs: ctx.nowMs,
    modifiedAtMs: ctx.nowMs,
    failedAttempts: 0,
  };
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

/**
 * Another's name. For aliases the API's text promises AliasExistsException, but the model does not declare it for this
 * operation, so SDKs would not know it.
 */
function refuseName(
  ctx: TransactionContext<'UsernameExistsException', never>,
  kind: SignInNameKind,
): never {
  return ctx.fail(
    'UsernameExistsException',
    kind === 'username' ? messages.adminUserExists : messages.aliasTaken(kind),
  );
}
