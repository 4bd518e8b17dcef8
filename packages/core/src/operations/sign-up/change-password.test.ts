import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import { openHarness, type Harness } from '../../testing/harness.ts';

const Password = 'Correct-horse-9';
const better = 'Better-horse-10';
const wrong = ['NotAuthorizedException', 'Incorrect username or password.'] as const;
const locked = ['NotAuthorizedException', 'Password attempts exceeded'] as const;

async function signedIn(harness: Harness, pool: Partial<InputOf<'CreateUserPool'>> = {}) {
  const made = await harness.makePool(pool);
  const { UserPoolId, ClientId } = made;
  const named = { UserPoolId, Username: 'ada' };
  await harness.call('AdminCreateUser', { ...named, MessageAction: 'SUPPRESS' });
  await harness.call('AdminSetUserPassword', { ...named, Password, Permanent: true });
  const signIn = async (password: string) => {
    const { AuthenticationResult } = await harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: password },
    });
    const { AccessToken = '', RefreshToken = '' } = AuthenticationResult ?? {};
    return { AccessToken, RefreshToken };
  };
  const refresh = ({ RefreshToken }: { readonly RefreshToken: string }) =>
    harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });
  const tokens = await signIn(Password);
  const user = async () => {
    const found = await harness.storage.stores.users.byName(UserPoolId as never, 'ada');
    assert(found);
    return found;
  };
  const change = {
    AccessToken: tokens.AccessToken,
    PreviousPassword: Password,
    ProposedPassword: better,
  };
  return { ...made, named, signIn, refresh, tokens, user, change };
}

test('ends the sign-ins of clients without revocation too, and keeps the one that asks (security.md J09)', async (t) => {
  const harness = await openHarness(t);
  const { change, UserPoolId } = await signedIn(harness);
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'plain',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    EnableTokenRevocation: false,
  });
  const plain = async (PASSWORD: string) => {
    const { AuthenticationResult } = await harness.call('InitiateAuth', {
      ClientId: UserPoolClient?.ClientId ?? '',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD },
    });
    return { AccessToken: AuthenticationResult?.AccessToken ?? '' };
  };
  const revoked = ['NotAuthorizedException', 'Access Token has been revoked'] as const;
  const other = await plain(Password);
  await harness.call('GetUser', other);
  await harness.call('ChangePassword', change);
  await harness.call('GetUser', { AccessToken: change.AccessToken });
  await harness.refuses('GetUser', other, ...revoked);
  const asking = await plain(better);
  await harness.call('ChangePassword', {
    ...asking,
    PreviousPassword: better,
    ProposedPassword: Password,
  });
  await harness.call('GetUser', asking);
  await harness.refuses('GetUser', { AccessToken: change.AccessToken }, ...revoked);
});

test('a pool that keeps them leaves the other sign-ins alone, also after an update', async (t) => {
  const harness = await openHarness(t);
  const { change, signIn, refresh, UserPoolId } = await signedIn(harness);
  await harness.storage.stores.pools.change(UserPoolId as never, (pool) => ({
    ...pool,
    settings: { ...pool.settings, ChangePasswordKeepsSessions: true },
  }));
  await harness.call('UpdateUserPool', { UserPoolId, MfaConfiguration: 'OFF' });
  const { UserPool } = await harness.call('DescribeUserPool', { UserPoolId });
  assert.ok(!('ChangePasswordKeepsSessions' in (UserPool ?? {})));
  const other = await signIn(Password);
  await harness.call('ChangePassword', change);
  await harness.call('GetUser', { AccessToken: other.AccessToken });
  await refresh(other);
  await assert.rejects(signIn(Password), { code: 'NotAuthorizedException' });
});

test('changes the password; this sign-in stays, the others end', async (t) => {
  const harness = await openHarness(t);
  const { change, signIn, refresh, tokens } = await signedIn(harness);
  const other = await signIn(Password);
  assert.deepEqual(await harness.call('ChangePassword', change), {});
  await assert.rejects(signIn(Password), { code: 'NotAuthorizedException' });
  await signIn(better);
  await refresh(tokens);
  await assert.rejects(refresh(other), /Refresh Token has been revoked/);
  await harness.refuses(
    'ChangePassword',
    { ...change, AccessToken: other.AccessToken },
    'NotAuthorizedException',
    'Access Token has been revoked',
  );
});

test('refuses without touching the user', async (t) => {
  const harness = await openHarness(t);
  const { change, user } = await signedIn(harness);
  const before = await user();
  const cases: readonly [Partial<InputOf<'ChangePassword'>>, string, string | RegExp][] = [
    [{ AccessToken: 'x.y.z' }, 'NotAuthorizedException', 'Invalid Access Token'],
    [{ PreviousPassword: undefined }, 'InvalidParameterException', /'previousPassword'/],
    [
      { ProposedPassword: 'Short-1', PreviousPassword: 'wrong' },
      'InvalidPasswordException',
      'Password did not conform with policy: Password not long enough',
    ],
  ];
  for (const [input, code, message] of cases) {
    await harness.refuses('ChangePassword', { ...change, ...input }, code, message);
  }
  assert.deepEqual(await user(), before);
});

test('five tries an hour', async (t) => {
  const harness = await openHarness(t);
  const { change } = await signedIn(harness);
  let [PreviousPassword, ProposedPassword] = [Password, better];
  for (let turn = 1; turn <= 5; turn += 1) {
    await harness.call('ChangePassword', { ...change, PreviousPassword, ProposedPassword });
    [PreviousPassword, ProposedPassword] = [ProposedPassword, PreviousPassword];
  }
  await harness.refuses(
    'ChangePassword',
    { ...change, PreviousPassword, ProposedPassword },
    'LimitExceededException',
    'Attempt limit exceeded, please try after some time.',
  );
});

test('a wrong previous password counts like one at sign-in, and a lock holds here too (S12)', async (t) => {
  const harness = await openHarness(t);
  const { change, signIn, user } = await signedIn(harness);
  const attempt = { ...change, PreviousPassword: 'wrong' };
  for (let failure = 1; failure <= 3; failure += 1) {
    await harness.refuses('ChangePassword', attempt, ...wrong);
  }
  assert.equal((await user()).failedAttempts, 3);
  await assert.rejects(signIn('wrong'), /Incorrect/);
  await assert.rejects(signIn('wrong'), /Incorrect/);
  await harness.refuses('ChangePassword', change, ...locked);
  assert.equal((await user()).failedAttempts, 5);
  harness.advance(1000);
  await harness.call('ChangePassword', change);
  assert.equal((await user()).failedAttempts, 0);
  assert.equal((await user()).lockedUntilMs, undefined);
});

test('five wrong previous passwords lock the sign-in', async (t) => {
  const harness = await openHarness(t);
  const { change, signIn } = await signedIn(harness);
  const attempt = { ...change, PreviousPassword: 'wrong' };
  for (let failure = 1; failure <= 5; failure += 1) {
    await harness.refuses('ChangePassword', attempt, ...wrong);
  }
  await assert.rejects(signIn(Password), /Password attempts exceeded/);
});

test('remembers former passwords where the pool does; a right previous one is no failure', async (t) => {
  const harness = await openHarness(t);
  const { change, user } = await signedIn(harness, {
    UserPoolTier: 'ESSENTIALS',
    Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } },
  });
  const same = { ...change, ProposedPassword: Password };
  await harness.refuses('ChangePassword', same, 'PasswordHistoryPolicyViolationException');
  assert.equal((await user()).failedAttempts, 0);
  await harness.call('ChangePassword', change);
  const back = { ...change, PreviousPassword: better, ProposedPassword: Password };
  await harness.refuses('ChangePassword', back, 'PasswordHistoryPolicyViolationException');
  assert.equal((await user()).sealedHistory.length, 1);
});

test('only confirmed users change their password here', async (t) => {
  const harness = await openHarness(t);
  const { change, user } = await signedIn(harness);
  const { poolId, sub } = await user();
  const cases = [
    ['UNCONFIRMED', 'UserNotConfirmedException', 'User is not confirmed.'],
    ['RESET_REQUIRED', 'PasswordResetRequiredException', 'Password reset required for the user'],
    ['FORCE_CHANGE_PASSWORD', 'NotAuthorizedException', /current state/],
  ] as const;
  for (const [status, code, message] of cases) {
    await harness.storage.stores.users.change({ poolId, sub }, (current) => ({
      ...current,
      status,
    }));
    await harness.refuses('ChangePassword', change, code, message);
  }
});

test('who has no password sets the first one without a previous one', async (t) => {
  const harness = await openHarness(t);
  const { change, signIn, user } = await signedIn(harness);
  const { poolId, sub } = await user();
  await harness.storage.stores.users.change({ poolId, sub }, (current) => ({
    ...current,
    sealedPassword: undefined,
    sealedSrp: undefined,
  }));
  await harness.refuses('ChangePassword', change, ...wrong);
  await harness.call('ChangePassword', { ...change, PreviousPassword: undefined });
  await signIn(better);
});

test('of two changes at once, one wins', async (t) => {
  const harness = await openHarness(t);
  const { change, signIn } = await signedIn(harness);
  const outcomes = await Promise.all(
    [1, 2].map((at) =>
      harness.call('ChangePassword', { ...change, ProposedPassword: `Better-horse-${at}` }).then(
        () => at,
        () => undefined,
      ),
    ),
  );
  const winners = outcomes.filter((outcome) => outcome !== undefined);
  assert.equal(winners.length, 1);
  await signIn(`Better-horse-${winners[0]}`);
});
