import type { CallPool } from '../pool/pool-api';
import type { AuthAnswer } from '../pool/wire';
import { startSrp } from '../srp/srp-client';

/** Who signs in where. */
interface Credentials {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

/** Sends the password to the pool. */
export function signInByPassword(
  call: CallPool,
  { clientId, username, password }: Credentials,
): Promise<AuthAnswer> {
  return call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });
}

/** Proves that the person knows the password, without sending it. */
export async function signInBySrp(
  call: CallPool,
  { userPoolId, clientId, username, password }: Credentials,
): Promise<AuthAnswer> {
  const exchange = startSrp(userPoolId);
  const first = await call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: username, SRP_A: exchange.publicHex },
  });
  if (first.ChallengeName !== 'PASSWORD_VERIFIER') return first;
  const asked = first.ChallengeParameters ?? {};
  const responses = await exchange.answer(
    {
      SALT: asked['SALT'] ?? '',
      SRP_B: asked['SRP_B'] ?? '',
      SECRET_BLOCK: asked['SECRET_BLOCK'] ?? '',
      USER_ID_FOR_SRP: asked['USER_ID_FOR_SRP'] ?? asked['USERNAME'] ?? username,
    },
    password,
  );
  return call('RespondToAuthChallenge', {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ...(first.Session !== undefined && { Session: first.Session }),
    ChallengeResponses: responses,
  });
}
