import type { InputOf } from '@poolhouse/model';
import type { ConfigurationValues } from '../domain/pools/pool-configuration.ts';
import { poolId } from '../domain/ids.ts';
import { makeAuthenticator, type Authenticator, type Otherwise } from './passkey-authenticator.ts';
import type { Harness } from './harness.ts';
import type { MadePool } from './signed-in.ts';

/** A pool whose users may sign in with a passkey alone. */
export const PASSKEYS_FIRST: Partial<InputOf<'CreateUserPool'>> = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
};

/** What SetUserPoolMfaConfig sets about passkeys. */
export async function configurePasskeys(
  { storage, world }: Harness,
  { UserPoolId }: Pick<MadePool, 'UserPoolId'>,
  WebAuthnConfiguration: ConfigurationValues['mfa']['WebAuthnConfiguration'],
): Promise<void> {
  await storage.stores.configurations.change(
    { poolId: poolId(UserPoolId), kind: 'mfa' },
    (current) => ({ ...current, WebAuthnConfiguration }),
    world.clock.nowMs(),
  );
}

/** Begins a registration; answers what the browser gets. */
export async function startRegistration(harness: Harness, AccessToken: string): Promise<object> {
  const answer = await harness.call('StartWebAuthnRegistration', { AccessToken });
  return answer.CredentialCreationOptions as object;
}

/** Registers a passkey of a new authenticator, or of the given one. */
export async function registerPasskey(
  harness: Harness,
  AccessToken: string,
  authenticator: Authenticator = makeAuthenticator(),
  otherwise: Otherwise = {},
): Promise<Authenticator> {
  const options = await startRegistration(harness, AccessToken);
  const Credential = authenticator.create(options, otherwise);
  await harness.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
  return authenticator;
}
