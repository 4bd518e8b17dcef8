import assert from 'node:assert/strict';
import { hashToken } from '../crypto/index.ts';
import type { Session } from '../domain/tokens/session.ts';
import type { Harness } from './harness.ts';

/** A pool and a client of it, as `makePool` answers. */
export type MadePool = Awaited<ReturnType<Harness['makePool']>>;

/** A password that meets the default policy. */
export const goodPassword = 'Correct-Horse-7';

/** Attributes as a request takes them. */
export function attributes(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** Makes a confirmed user with {@link goodPassword}, without messages; answers its `sub`. */
export async function addUser(
  harness: Harness,
  made: MadePool,
  Username: string,
  values: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { UserPoolId } = made;
  const { User } = await harness.call('AdminCreateUser', {
    UserPoolId,
    Username,
    UserAttributes: attributes(values),
    MessageAction: 'SUPPRESS',
  });
  const Password = goodPassword;
  await harness.call('AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true });
  return User?.Attributes?.[0]?.Value ?? '';
}

/** Signs a user in with its password. */
export async function signIn(
  harness: Harness,
  made: MadePool,
  username: string,
  password = goodPassword,
): Promise<{
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}> {
  const answer = await harness.call('InitiateAuth', {
    ClientId: made.ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });
  const { AccessToken, IdToken, RefreshToken } = answer.AuthenticationResult ?? {};
  assert(AccessToken && IdToken && RefreshToken, `no tokens: ${answer.ChallengeName}`);
  return { AccessToken, IdToken, RefreshToken };
}

/** The session of a refresh token, as it is stored. */
export async function sessionOf(
  { storage }: Pick<Harness, 'storage'>,
  refreshToken: string | undefined,
): Promise<Session> {
  const state = await storage.stores.sessions.byToken(hashToken(refreshToken ?? ''));
  assert(state, 'no session');
  return state.session;
}

/** A user's attributes as the administrator sees them, `sub` left out. */
export async function attributesOf(
  harness: Harness,
  made: MadePool,
  Username: string,
): Promise<Readonly<Record<string, string>>> {
  const { UserPoolId } = made;
  const { UserAttributes = [] } = await harness.call('AdminGetUser', { UserPoolId, Username });
  return Object.fromEntries(
    UserAttributes.filter(({ Name }) => Name !== 'sub').map(({ Name, Value }) => [Name, Value]),
  ) as Record<string, string>;
}
