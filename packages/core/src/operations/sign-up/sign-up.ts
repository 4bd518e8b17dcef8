import type { AttributeType } from '@poolhouse/model';
import { randomUuid } from '../../crypto/index.ts';
import { draftCodes, sendCode } from '../../codes/codes.ts';
import { waitingSession } from '../../codes/waiting-session.ts';
import { requireSecretHash } from '../../pools/client-secret.ts';
import { isNameTaken } from '../../users/find-user.ts';
import {
  givenAttributes,
  mayLackPassword,
  newUser,
  refuseName,
  requireStorable,
} from '../../users/new-user.ts';
import { requirePolicy, sealPassword, type SealedPassword } from '../../passwords/password.ts';
import { onBehalfOf } from '../../limits/work.ts';
import { takeSignUp } from '../../limits/source-attempts.ts';
import { requireClient } from '../../pools/require.ts';
import { effectiveAuthFlows } from '../../domain/clients/auth-flow-permissions.ts';
import { writableAttributes } from '../../domain/clients/attribute-permissions.ts';
import {
  missingRequired,
  missingRequiredMessage,
  type AttributeValues,
} from '../../domain/attributes/attribute-schema.ts';
import type { Client } from '../../domain/clients/client.ts';
import {
  confirmationAddress,
  confirmsByLink,
} from '../../domain/attributes/confirmation-address.ts';
import { sub } from '../../domain/ids.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { usesAddressesAsNames } from '../../domain/users/sign-in-names.ts';
import { requireNoTrigger } from '../../triggers/fail-closed.ts';
import { recordEvent } from '../../protection/record-event.ts';
import { tell } from '../../triggers/tell.ts';
import { messages } from '../../domain/texts.ts';
import { addressAttributeOf, usernameProblem } from '../../domain/users/username-form.ts';
import { operation, type OperationContext, type TransactionContext } from '../../operation.ts';

/**
 * Registers a user. All checks that need no database or hash come first, in the service's order; the insert itself
 * decides who gets a name. Source: behaviour.md 5.2, 5.5.
 */
export const signUp = operation('SignUp', {
  needs: ['pools', 'clients', 'users', 'codes', 'outbox', 'limits', 'authEvents'],
  async run(ctx, input) {
    const { pool, client } = await requireClient(ctx, input.ClientId);
    await requireSecretHash(ctx, client, input.Username, input.SecretHash);
    if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true) {
      ctx.fail('NotAuthorizedException', messages.signUpOff);
    }
    requireNoTrigger(ctx, pool, 'PreSignUp');
    const misnamed = usernameProblem(pool, input.Username);
    if (misnamed !== undefined) ctx.fail('InvalidParameterException', misnamed);
    const attributes = attributesOf(ctx, pool, client, input.Username, input.UserAttributes ?? []);
    const password = passwordOf(ctx, pool, input.Password);
    takeSignUp(ctx, client);
    const id = sub(randomUuid(ctx.random));
    const username = usesAddressesAsNames(pool) ? id : input.Username;
    if (await isNameTaken(ctx, pool, input.Username)) {
      const kind = addressAttributeOf(pool, input.Username) ?? 'username';
      return refuseName(ctx, kind, messages.userExists);
    }
    const sealed: SealedPassword =
      password === undefined
        ? {}
        : await sealPassword(onBehalfOf(ctx, client), pool, { sub: id, username }, password);
    const user = newUser(ctx.nowMs, pool, {
      sub: id,
      username,
      status: 'UNCONFIRMED',
      attributes: unproved(attributes),
      ...sealed,
    });
    const address = confirmationAddress(pool, user);
    // Who waits for a link to be opened elsewhere cannot know when: with this they may ask. Source: ADR 19. And who may choose how to sign in
    // can do so at once after ConfirmSignUp (settings.md 8#14). Made before the user is: after that nothing must fail.
    const byLink = address?.attribute === 'email' && confirmsByLink(pool);
    const Session =
      byLink || effectiveAuthFlows(client).has('ALLOW_USER_AUTH')
        ? await waitingSession(ctx, pool, client, id)
        : undefined;
    const codes = await draftCodes(
      ctx,
      { pool, user, purpose: 'confirm-sign-up', occasion: 'SignUp', client },
      address === undefined ? [] : [address.attribute],
    );
    const CodeDeliveryDetails = await ctx.atomically(async (tx) => {
      const created = await tx.stores.users.create(user);
      if (created.kind === 'name-taken')
        return refuseName(tx, created.nameKind, messages.userExists);
      return address && sendCode(tx, codes, address);
    });
    tell(ctx, { kind: 'sign-up', pool, client, user });
    await recordEvent(ctx, { pool, client, kind: 'SignUp', about: user });
    return {
      UserConfirmed: false,
      UserSub: id,
      ...(CodeDeliveryDetails === undefined ? {} : { CodeDeliveryDetails }),
      ...(Session === undefined ? {} : { Session }),
    };
  },
});

/** The attributes as they will be stored, the user name's own address among them, or the first refusal. */
function attributesOf(
  ctx: TransactionContext<'NotAuthorizedException' | 'InvalidParameterException', never>,
  pool: Pool,
  client: Client,
  username: string,
  list: readonly AttributeType[],
): AttributeValues {
  const mayWrite = writableAttributes(pool, client);
  if (!list.every(({ Name }) => mayWrite(Name))) {
    ctx.fail('NotAuthorizedException', messages.unauthorizedAttribute);
  }
  const values = givenAttributes(ctx, pool, username, list);
  if (values['preferred_username'] !== undefined && isAlias(pool, 'preferred_username')) {
    ctx.fail('InvalidParameterException', messages.preferredUsernameTooEarly);
  }
  const attributes = requireStorable(ctx, pool, values);
  const missing = missingRequired(pool, attributes);
  if (missing.length > 0) {
    ctx.fail('InvalidParameterException', missingRequiredMessage(missing));
  }
  return attributes;
}

function isAlias(pool: Pool, name: 'email' | 'phone_number' | 'preferred_username'): boolean {
  return pool.settings.AliasAttributes?.includes(name) ?? false;
}

/**
 * The password, checked against the policy; none only where codes let users in without one.
 * Source: API model, SignUpRequest.Password ("omit this parameter or submit a blank value").
 */
function passwordOf(
  ctx: OperationContext<'InvalidPasswordException' | 'InvalidParameterException', never>,
  pool: Pool,
  password: string | undefined,
): string | undefined {
  if (password !== undefined && password !== '') {
    requirePolicy(ctx, pool, password);
    return password;
  }
  if (mayLackPassword(pool)) return undefined;
  return ctx.fail('InvalidParameterException', messages.memberMissing('password'));
}

/** The attributes with every address among them marked as not proved. */
function unproved(attributes: AttributeValues): AttributeValues {
  const given = (['email', 'phone_number'] as const).filter((name) => name in attributes);
  return {
    ...attributes,
    ...Object.fromEntries(given.map((name) => [`${name}_verified`, 'false'])),
  };
}
