import type { CallPool } from '../pool/pool-api';
import type { AuthAnswer } from '../pool/wire';
import { startSrp, type SrpExchange } from '../srp/srp-client';
import { WAY_NAMES, type SignInWay } from './sign-in-ways';

/** Who signs in where. */
interface Credentials {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

/** Who chooses how to sign in. */
interface Choice extends Omit<Credentials, 'password'> {
  readonly password?: string | undefined;
  readonly way?: SignInWay | undefined;
  /** Of a sign-up that was just confirmed, which signs in without more. Source: API model, ConfirmSignUp. */
  readonly session?: string | undefined;
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
export async function signInBySrp(call: CallPool, credentials: Credentials): Promise<AuthAnswer> {
  const { userPoolId, clientId, username } = credentials;
  const exchange = startSrp(userPoolId);
  const first = await call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: username, SRP_A: exchange.publicHex },
  });
  return verify(call, credentials, first, exchange);
}

/** Begins the flow in which people choose, with the way that they have chosen already. Source: behaviour.md 6.9; settings.md 8. */
export async function signInByChoice(call: CallPool, choice: Choice): Promise<AuthAnswer> {
  const { userPoolId, clientId, username, password, way, session } = choice;
  const begin = (parameters: Readonly<Record<string, string>>) =>
    call('InitiateAuth', {
      ...{ ClientId: clientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: { USERNAME: username, ...parameters },
      ...(session !== undefined && { Session: session }),
    });
  if (password === undefined) {
    return begin(way === undefined ? {} : { PREFERRED_CHALLENGE: WAY_NAMES[way][0] });
  }
  const exchange = startSrp(userPoolId);
  const answer = await begin({
    ...{ PREFERRED_CHALLENGE: WAY_NAMES.password[0], SRP_A: exchange.publicHex },
  });
  return provePassword(call, { ...choice, password }, answer, exchange);
}

/** Answers a choice, or a question for the password, with the password: by SRP where that is offered, else as it is. */
export async function provePassword(
  call: CallPool,
  credentials: Credentials,
  asked: AuthAnswer,
  exchange: SrpExchange = startSrp(credentials.userPoolId),
): Promise<AuthAnswer> {
  const { clientId, username, password } = credentials;
  const respond = (name: string, responses: Readonly<Record<string, string>>) =>
    call('RespondToAuthChallenge', {
      ...{ ClientId: clientId, ChallengeName: name },
      ...(asked.Session !== undefined && { Session: asked.Session }),
      ChallengeResponses: { USERNAME: username, ...responses },
    });
  const { ChallengeName: name = '', AvailableChallenges: offered = [] } = asked;
  const isChoice = name === 'SELECT_CHALLENGE';
  const srp = { SRP_A: exchange.publicHex };
  if (name === 'PASSWORD_SRP') {
    return verify(call, credentials, await respond(name, srp), exchange);
  }
  if (isChoice && offered.includes('PASSWORD_SRP')) {
    const answer = await respond(name, { ANSWER: 'PASSWORD_SRP', ...srp });
    return verify(call, credentials, answer, exchange);
  }
  if (name === 'PASSWORD') return respond(name, { PASSWORD: password });
  if (isChoice && offered.includes('PASSWORD')) {
    return respond(name, { ANSWER: 'PASSWORD', PASSWORD: password });
  }
  return verify(call, credentials, asked, exchange);
}

/** Answers the second half of SRP; what is none is the answer itself. */
async function verify(
  call: CallPool,
  { clientId, username, password }: Credentials,
  first: AuthAnswer,
  exchange: SrpExchange,
): Promise<AuthAnswer> {
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
