import { requireSecretHash } from '../../pools/client-secret.ts';
import { draftCodes, type CodeAddress, type VerifiableAttribute } from '../../codes/codes.ts';
import { pretendToSendCode, sendCodeAskedFor } from '../../codes/decoy-codes.ts';
import { refOf } from '../../users/find-user.ts';
import { findNamed } from '../../codes/find-named.ts';
import { onTrial, type Trial } from '../../limits/trial.ts';
import { requireOwnCodes } from '../../triggers/fail-closed.ts';
import { recordEvent } from '../../protection/record-event.ts';
import { tell } from '../../triggers/tell.ts';
import { mfaConfiguration } from '../../mfa/configuration.ts';
import { requireClient } from '../../pools/require.ts';
import { autoVerified, codeAttributes } from '../../domain/attributes/confirmation-address.ts';
import { factorAddresses } from '../../domain/mfa/mfa.ts';
import type { ConfigurationValues } from '../../domain/pools/pool-configuration.ts';
import type { Pool } from '../../domain/pools/pool.ts';
import { recoveryDestination } from '../../domain/passwords/recovery.ts';
import { canResetPassword } from '../../domain/passwords/password-reset.ts';
import { messages } from '../../domain/texts.ts';
import { hidesUsers } from '../../domain/clients/user-existence.ts';
import type { User } from '../../domain/users/user.ts';
import { operation, type TransactionContext } from '../../operation.ts';

/** Sends a code that lets a user choose a new password. Source: behaviour.md 5.7, 6.5. */
export const forgotPassword = operation('ForgotPassword', {
  needs: ['pools', 'clients', 'configurations', 'users', 'codes', 'limits', 'outbox', 'authEvents'],
  async run(ctx, input) {
    const { pool, client } = await requireClient(ctx, input.ClientId);
    await requireSecretHash(ctx, client, input.Username, input.SecretHash);
    // The same for every name, so it tells nothing about any.
    if (recoveryDestination(pool, { attributes: {} }).kind === 'administrator') {
      ctx.fail('NotAuthorizedException', messages.administratorResets);
    }
    requireOwnCodes(ctx, pool, client, possibleWays(pool));
    const reset = { pool, mfa: await mfaConfiguration(ctx, pool) };
    return onTrial(ctx, async (trial) => {
      const named = { pool, client, username: input.Username };
      const { user, decoy } = await findNamed(ctx, trial, named, 'ForgotPassword');
      const request = {
        pool,
        purpose: 'reset-password',
        occasion: 'ForgotPassword',
        client,
      } as const;
      const asked = { pool, client, kind: 'ForgotPassword' } as const;
      const address = resetAddress(reset, user);
      if (user === undefined || address === undefined) {
        if (!hidesUsers(client)) return refuse(ctx, trial, reset, user);
        const shown = user && verifiedAddress(reset, user);
        const ways = likelyWays(pool);
        const details = await pretendToSendCode(ctx, { ...request, decoy, ways, shown });
        await recordEvent(ctx, { ...asked, about: { decoy: decoy.sub } });
        return { CodeDeliveryDetails: details };
      }
      const codes = await draftCodes(ctx, { ...request, user }, [address.attribute]);
      const sent = await ctx.atomically(async (tx) => {
        const to = resetAddress(reset, await tx.stores.users.bySub(refOf(user)));
        return to && sendCodeAskedFor(tx, codes, to, decoy);
      });
      // The user was disabled or changed between the two reads.
      if (sent === undefined) return ctx.fail('NotAuthorizedException', messages.notResettable);
      tell(ctx, { kind: 'reset-requested', pool, client, user });
      await recordEvent(ctx, { ...asked, about: user });
      return { CodeDeliveryDetails: sent };
    });
  },
});

/** A pool, and what it asks for besides passwords. */
interface ResetFacts {
  readonly pool: Pool;
  readonly mfa: ConfigurationValues['mfa'] | undefined;
}

function verifiedAddress({ pool, mfa }: ResetFacts, user: User): CodeAddress | undefined {
  const recovery = recoveryDestination(pool, user, factorAddresses(pool, user, mfa));
  if (recovery.kind !== 'address') return undefined;
  return { attribute: recovery.attribute, destination: recovery.destination };
}

function resetAddress(facts: ResetFacts, user: User | undefined): CodeAddress | undefined {
  if (user === undefined || !user.enabled || !canResetPassword(user)) return undefined;
  return verifiedAddress(facts, user);
}

function refuse(
  ctx: TransactionContext<
    'UserNotFoundException' | 'NotAuthorizedException' | 'InvalidParameterException',
    never
  >,
  trial: Trial,
  facts: ResetFacts,
  user: User | undefined,
): never {
  if (user === undefined) {
    trial.foundWrong();
    ctx.fail('UserNotFoundException', messages.userClientNotFound);
  }
  if (!user.enabled) ctx.fail('NotAuthorizedException', messages.userDisabled);
  const unproved = user.status === 'UNCONFIRMED' && verifiedAddress(facts, user) === undefined;
  // Who signed up and never proved an address is told about the address (behaviour.md 5.7, unsure).
  return unproved || canResetPassword(user)
    ? ctx.fail('InvalidParameterException', messages.noRecoveryAddress)
    : ctx.fail('NotAuthorizedException', messages.notResettable);
}

/** Where a code for somebody with these proved addresses would go. */
function reachable(pool: Pool, ways: readonly VerifiableAttribute[]) {
  const proved = ways.flatMap((way) => [[way, way] as const, [`${way}_verified`, 'true'] as const]);
  return recoveryDestination(pool, { attributes: Object.fromEntries(proved) });
}

/** All ways that a code for somebody of this pool could take. */
function possibleWays(pool: Pool): readonly VerifiableAttribute[] {
  return codeAttributes.filter((way) => reachable(pool, [way]).kind === 'address');
}

/** The ways that a code for somebody of this pool would likely take, the likeliest first. */
function likelyWays(pool: Pool): readonly VerifiableAttribute[] {
  const possible = possibleWays(pool);
  const { AliasAttributes: aliases = [], UsernameAttributes: names = [] } = pool.settings;
  // What the pool has proved, else what people sign in with: in a pool of mail addresses, a phone would be nobody's.
  const usual = [autoVerified(pool), [...names, ...aliases]].map((attributes) =>
    possible.filter((way) => attributes.includes(way)),
  );
  const ways = usual.find((some) => some.length > 0) ?? possible;
  const first = reachable(pool, ways);
  return first.kind === 'address'
    ? [first.attribute, ...ways.filter((way) => way !== first.attribute)]
    : ways;
}
