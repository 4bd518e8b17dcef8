import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../failure.ts';
import type { Harness } from '../testing/harness.ts';
import { sms } from '../testing/sms-role.ts';
import { unbuiltControls, type Control } from '../testing/unbuilt-controls.ts';
import { FLOWS, makeTarget, makeUser, type Target, type TokenPath } from '../testing/target.ts';
import { openFor, waysToAToken } from '../testing/token-paths.ts';

/** What stands for an answer that asks for more. */
const CHALLENGE = 'a challenge';

const ref = ({ UserPoolId, username }: Target) => ({ UserPoolId, Username: username });
const nothing = async () => undefined;
const keepsSessions = (way: TokenPath) =>
  way.refreshes ? 'existing sign-ins go on through a lock (security.md S13)' : undefined;

const beginsAnew = (way: TokenPath) =>
  way.refreshes || way.credits ? undefined : 'a new sign-in is a new sign-in';

const requireMfa = async (harness: Harness, { UserPoolId }: Target) => {
  const { UserPool } = await harness.call('DescribeUserPool', { UserPoolId });
  const { LambdaConfig } = UserPool ?? {};
  const MfaConfiguration = 'ON';
  return harness.call('UpdateUserPool', {
    ...{ UserPoolId, MfaConfiguration, SmsConfiguration: sms, LambdaConfig },
  });
};

const controls: readonly Control[] = [
  ...unbuiltControls,
  {
    name: 'MFA required',
    impose: requireMfa,
    codes: [CHALLENGE],
    spares: (way) =>
      way.second
        ? 'has two factors'
        : way.byCode && !way.byFunctions
          ? 'a pool that allows this way cannot require MFA'
          : way.refreshes
            ? 'is refused, see below'
            : undefined,
  },
  {
    name: 'MFA required since',
    impose: requireMfa,
    codes: ['NotAuthorizedException'],
    spares: (way) => (way.refreshes ? undefined : 'asked at the sign-in'),
  },
  {
    name: 'locked',
    impose: async (harness, target) => {
      for (let attempt = 0; attempt < 6; attempt += 1) {
        await harness
          .call('AdminInitiateAuth', {
            UserPoolId: target.UserPoolId,
            ClientId: target.ClientId,
            AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: target.username, PASSWORD: 'Wrong-0000' },
          })
          .catch(() => undefined);
      }
    },
    codes: ['NotAuthorizedException'],
    spares: (way) =>
      way.proves.includes('WEB_AUTHN')
        ? 'nobody guesses a passkey (security.md S13)'
        : way.doesTask
          ? 'everything was proved before the lock'
          : keepsSessions(way),
  },
  {
    name: 'disabled',
    impose: (harness, target) => harness.call('AdminDisableUser', ref(target)),
    codes: ['NotAuthorizedException'],
  },
  {
    name: 'reset required',
    impose: (harness, target) => harness.call('AdminResetUserPassword', ref(target)),
    codes: ['PasswordResetRequiredException', 'NotAuthorizedException'],
    spares: (way) => (way.forNewPassword ? 'a temporary password cannot be reset' : undefined),
  },
  {
    name: 'another password',
    impose: (harness, target) =>
      harness.call('AdminSetUserPassword', {
        ...ref(target),
        Password: 'Other-1234',
        Permanent: true,
      }),
    codes: ['NotAuthorizedException'],
    spares: (way) => (way.byCode ? 'needs no password' : undefined),
  },
  {
    name: 'temporary password again',
    impose: (harness, target) =>
      harness.call('AdminSetUserPassword', { ...ref(target), Password: target.password }),
    codes: ['NotAuthorizedException'],
    // The same password as before: a way that begins after it begins well.
    onlyLate: true,
    spares: (way) =>
      way.forNewPassword || way.second || way.refreshes
        ? undefined
        : 'answers the challenge, which is no token',
  },
  {
    name: 'deleted',
    impose: (harness, target) => harness.call('AdminDeleteUser', ref(target)),
    codes: ['NotAuthorizedException', 'UserNotFoundException'],
  },
  {
    name: 'deleted and made again',
    impose: async (harness, target) => {
      await harness.call('AdminDeleteUser', ref(target));
      await makeUser(harness, target, 'permanent');
      await harness.call('AdminSetUserPassword', {
        ...ref(target),
        Password: 'Second-1234',
        Permanent: true,
      });
    },
    codes: ['NotAuthorizedException'],
    // Who has the mailbox or the phone is the new user.
    onlyLate: (way) => way.byCode === true,
  },
  {
    name: 'signed out everywhere',
    impose: (harness, target) => harness.call('AdminUserGlobalSignOut', ref(target)),
    codes: ['NotAuthorizedException'],
    spares: beginsAnew,
  },
  {
    name: 'sessions revoked one by one',
    impose: async (harness, target) => {
      await harness.call('SetUserPoolSessionConfiguration', {
        UserPoolId: target.UserPoolId,
        UserSessionTracking: 'ENABLED',
        TokenSession: { MaxPerUser: 100 },
      });
      const { Sessions = [] } = await harness.call('AdminListUserSessions', ref(target));
      for (const { SessionId = '' } of Sessions) {
        await harness.call('AdminRevokeUserSession', { ...ref(target), SessionId });
      }
    },
    codes: ['NotAuthorizedException'],
    spares: beginsAnew,
  },
  {
    name: 'flow not allowed',
    impose: (harness, { UserPoolId, ClientId }, way) =>
      harness.call('UpdateUserPoolClient', {
        UserPoolId,
        ClientId,
        ExplicitAuthFlows: [way.byFunctions ? 'ALLOW_USER_SRP_AUTH' : 'ALLOW_CUSTOM_AUTH'],
      }),
    codes: ['InvalidParameterException'],
    spares: (way) =>
      !way.byFunctions && (way.doesTask || way.second || way.byCode)
        ? 'an answer belongs to no flow'
        : undefined,
  },
  {
    name: 'client deleted',
    impose: (harness, { UserPoolId, ClientId }) =>
      harness.call('DeleteUserPoolClient', { UserPoolId, ClientId }),
    codes: ['ResourceNotFoundException'],
  },
  {
    name: 'pool deleted',
    impose: (harness, { UserPoolId }) => harness.call('DeleteUserPool', { UserPoolId }),
    codes: ['ResourceNotFoundException'],
  },
  {
    name: 'another client of the pool',
    impose: nothing,
    at: async (harness, { UserPoolId }) => {
      const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
        UserPoolId,
        ClientName: 'other',
        ExplicitAuthFlows: [...FLOWS],
      });
      return { ClientId: UserPoolClient?.ClientId ?? '', secret: undefined };
    },
    codes: ['NotAuthorizedException'],
    onlyLate: true,
    spares: (way) =>
      /PASSWORD_AUTH$|ADMIN_NO_SRP_AUTH|USER_AUTH PASSWORD/.test(way.name)
        ? 'one request, so nothing that could belong to the first client'
        : undefined,
  },
  {
    name: 'client of another pool',
    impose: nothing,
    at: async (harness) => {
      const { ClientId } = await harness.makePool({}, { ExplicitAuthFlows: [...FLOWS] });
      return { ClientId, secret: undefined };
    },
    codes: ['NotAuthorizedException', 'ResourceNotFoundException', 'UserNotFoundException'],
    onlyLate: true,
  },
  {
    name: 'another pool altogether',
    impose: nothing,
    at: async (harness) => {
      const client = { ExplicitAuthFlows: [...FLOWS] };
      const { ClientId, UserPoolId } = await harness.makePool({}, client);
      return { ClientId, UserPoolId, secret: undefined };
    },
    codes: ['NotAuthorizedException', 'UserNotFoundException'],
    onlyLate: true,
  },
  {
    name: 'unknown client',
    impose: nothing,
    at: async () => ({ ClientId: 'abcdefghijklmnopqrstuvwxyz' }),
    codes: ['ResourceNotFoundException'],
    onlyLate: true,
  },
  {
    name: 'wrong user',
    impose: nothing,
    at: async (harness, target) => {
      const other = { ...target, username: 'other', password: target.password };
      await makeUser(harness, { ...other, password: 'Others-1234' }, 'permanent');
      return { username: 'other' };
    },
    codes: ['NotAuthorizedException'],
    onlyLate: true,
    spares: (way) =>
      way.refreshes || way.name.includes('SRP_AUTH by')
        ? 'the last request names nobody, or what the challenge named'
        : undefined,
  },
];

/** The code with which the way was refused, or that more was asked; fails the test if it ended in tokens. */
async function refusal(attempt: () => Promise<unknown>): Promise<string> {
  try {
    if ((await attempt()) === undefined) return CHALLENGE;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.code;
  }
  return assert.fail('was let in');
}

const NOT_AUTHORIZED = 'NotAuthorizedException';

/** Controls that end tokens which are out already; the others only keep new ones from being made. */
const endsTokens = new Set([
  'disabled',
  'reset required',
  'another password',
  'temporary password again',
  'deleted',
  'deleted and made again',
  'signed out everywhere',
  'sessions revoked one by one',
  'client deleted',
  'pool deleted',
]);

const issuerIn = (token: string): unknown =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iss: unknown })
    .iss;

/** An access token of the way; after it the server gets another address, and the pool the other form of issuer. */
async function formerToken(harness: Harness, target: Target, way: TokenPath): Promise<string> {
  harness.moveTo('http://localhost:8400');
  const last = await way.begin(harness, target);
  const AccessToken = (await last())?.AccessToken ?? '';
  harness.moveTo('https://id.example.com');
  await harness.call('GetUser', { AccessToken });
  await harness.call('UpdateUserPool', {
    UserPoolId: target.UserPoolId,
    IssuerConfiguration: { Type: 'ORIGINAL' },
  });
  return AccessToken;
}

for (const way of waysToAToken) {
  test(way.name, async (t) => {
    const harness = await openFor(t, way);

    await t.test('leads to tokens, once', async () => {
      const last = await way.begin(harness, await makeTarget(harness, way));
      assert.ok((await last())?.AccessToken);
      if (way.name.includes('SRP_AUTH by') || way.doesTask || way.second || way.byCode) {
        assert.equal(await refusal(last), 'NotAuthorizedException');
      }
    });

    await t.test(
      'with two secrets: each leads to tokens; none, another or a deleted one does not',
      async () => {
        const target = await makeTarget(harness, way, true);
        const client = { UserPoolId: target.UserPoolId, ClientId: target.ClientId };
        const { ClientSecretDescriptor } = await harness.call('AddUserPoolClientSecret', client);
        const second = { secret: ClientSecretDescriptor?.ClientSecretValue };
        const last = await way.begin(harness, target);
        const { ClientSecrets } = await harness.call('ListUserPoolClientSecrets', client);
        const ClientSecretId = ClientSecrets?.[0]?.ClientSecretId ?? '';
        const refused = async (at?: Partial<Target>) =>
          assert.equal(await refusal(() => last(at)), 'NotAuthorizedException');
        await refused({ secret: undefined });
        await refused({ secret: 'x'.repeat(52) });
        await harness.call('DeleteUserPoolClientSecret', { ...client, ClientSecretId });
        await refused();
        assert.ok((await last(second))?.AccessToken);
      },
    );

    for (const control of controls) {
      const spared = control.spares?.(way);
      if (spared !== undefined) continue;
      await t.test(`${control.name}, late`, async () => {
        const target = await makeTarget(harness, way);
        const last = await way.begin(harness, target);
        await control.impose(harness, target, way);
        const at = await control.at?.(harness, target);
        const code = await refusal(() => last(at));
        assert.ok(control.codes.includes(code), code);
      });
      const { onlyLate = false } = control;
      if (typeof onlyLate === 'function' ? onlyLate(way) : onlyLate) continue;
      await t.test(`${control.name}, early`, async () => {
        const target = await makeTarget(harness, way);
        const warm = way.refreshes || way.credits ? await way.begin(harness, target) : undefined;
        await control.impose(harness, target, way);
        await refusal(async () => (warm ?? (await way.begin(harness, target)))());
      });
    }

    await t.test('issued under the former address: good until it expires', async () => {
      const target = await makeTarget(harness, way);
      const AccessToken = await formerToken(harness, target, way);
      await harness.call('GetUser', { AccessToken });
      await harness.call('SetUserPoolMfaConfig', { UserPoolId: target.UserPoolId });
      const { AuthenticationResult } = await harness.call('AdminInitiateAuth', {
        UserPoolId: target.UserPoolId,
        ClientId: target.ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: target.username,
          PASSWORD: way.forNewPassword ? 'Chosen-5678' : target.password,
        },
      });
      const now = AuthenticationResult?.AccessToken ?? '';
      assert.notEqual(issuerIn(now), issuerIn(AccessToken));
      await harness.call('GetUser', { AccessToken: now });
      harness.advance(3_600_000);
      assert.equal(await refusal(() => harness.call('GetUser', { AccessToken })), NOT_AUTHORIZED);
    });

    for (const control of controls.filter(({ name }) => endsTokens.has(name))) {
      await t.test(`issued under the former address, then ${control.name}`, async () => {
        const target = await makeTarget(harness, way);
        const AccessToken = await formerToken(harness, target, way);
        await control.impose(harness, target, way);
        assert.equal(await refusal(() => harness.call('GetUser', { AccessToken })), NOT_AUTHORIZED);
      });
    }

    if (!way.forNewPassword && !way.second && !way.refreshes) {
      await t.test('unconfirmed', async () => {
        const client = { ExplicitAuthFlows: [...FLOWS] };
        const pool = await harness.makePool({ ...way.pool }, client);
        const target = { ...pool, username: 'new', password: 'Right-1234' };
        await harness.call('SignUp', {
          ClientId: target.ClientId,
          Username: target.username,
          Password: target.password,
        });
        const code = await refusal(async () => (await way.begin(harness, target))());
        assert.equal(code, 'UserNotConfirmedException');
      });
    }
  });
}
