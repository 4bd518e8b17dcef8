import { Failure } from '../failure.ts';
import type { Harness } from './harness.ts';
import { signInBySrp, type Credentials } from './srp-client.ts';

/** What a password leads to: `tokens`, the name of a challenge, or the code of a refusal. */
export type Proof = string;

interface Answer {
  readonly ChallengeName?: string;
  readonly AuthenticationResult?: object;
}

async function proofOf(attempt: Promise<Answer>): Promise<Proof> {
  try {
    const { ChallengeName, AuthenticationResult } = await attempt;
    return ChallengeName ?? (AuthenticationResult === undefined ? 'nothing' : 'tokens');
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

/** Tries a password by every flow that takes one. */
export async function proveEverywhere(
  harness: Harness,
  credentials: Credentials,
): Promise<Readonly<Record<string, Proof>>> {
  const { UserPoolId, ClientId, username, password } = credentials;
  const AuthParameters = { USERNAME: username, PASSWORD: password };
  return {
    USER_PASSWORD_AUTH: await proofOf(
      harness.call('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    ),
    ADMIN_USER_PASSWORD_AUTH: await proofOf(
      harness.call('AdminInitiateAuth', {
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters,
      }),
    ),
    USER_SRP_AUTH: await proofOf(signInBySrp(harness, credentials)),
  };
}
