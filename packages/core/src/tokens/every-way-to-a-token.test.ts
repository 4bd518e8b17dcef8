import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../failure.ts';
import { openHouse, type House } from '../testing/house.ts';
import { unbuiltControls, type Control } from '../testing/unbuilt-controls.ts';
import { waysToAToken, type Target, type WayToAToken } from '../testing/ways-to-a-token.ts';

const FLOWS = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
] as const;

const ref = ({ UserPoolId, username }: Target) => ({ UserPoolId, Username: username });
const nothing = async () => undefined;
const keepsSessions = (way: WayToAToken) =>
  way.refreshes ? 'existing sign-ins go on through a lock (security.md S13)' : undefined;

const controls: readonly Control[] = [
  ...unbuiltControls,
  {
    name: 'locked',
    impose: async (house, target) => {
      for (let guess = 0; guess < 6; guess += 1) {
        await house
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
      way.forNewPassword ? 'the password was proved before the lock' : keepsSessions(way),
  },
  {
    name: 'disabled',
    impose: (house, target) => house.call('AdminDisableUser', ref(target)),
    codes: ['NotAuthorizedException'],
  },
  {
    name: 'reset required',
    impose: (house, target) => house.call('AdminResetUserPassword', ref(target)),
    codes: ['PasswordResetRequiredException', 'NotAuthorizedException'],
    spares: (way) => (way.forNewPassword ? 'a temporary password cannot be reset' : undefined),
  },
  {
    name: 'another password',
    impose: (house, target) =>
      house.call('AdminSetUserPassword', {
        ...ref(target),
        Password: 'Other-1234',
        Permanent: true,
      }),
    codes: ['NotAuthorizedException'],
  },
  {
    name: 'temporary password again',
    impose: (house, target) =>
      house.call('AdminSetUserPassword', { ...ref(target), Password: target.password }),
    codes: ['NotAuthorizedException'],
    // The same password as before: a way that begins after it begins well.
    onlyLate: true,
    spares: (way) =>
      way.forNewPassword || way.refreshes ? undefined : 'answers the challenge, which is no token',
  },
  {
    name: 'deleted',
    impose: (house, target) => house.call('AdminDeleteUser', ref(target)),
    codes: ['NotAuthorizedException', 'UserNotFoundException'],
  },
  {
    name: 'deleted and made again',
    impose: async (house, target) => {
      await house.call('AdminDeleteUser', ref(target));
      await makeUser(house, target, 'permanent');
      await house.call('AdminSetUserPassword', {
        ...ref(target),
        Password: 'Second-1234',
        Permanent: true,
      });
    },
    codes: ['NotAuthorizedException'],
  },
  {
    name: 'signed out everywhere',
    impose: (house, target) => house.call('AdminUserGlobalSignOut', ref(target)),
    codes: ['NotAuthorizedException'],
    spares: (way) => (way.refreshes ? undefined : 'a new sign-in is a new sign-in'),
  },
  {
    name: 'flow not allowed',
    impose: (house, { UserPoolId, ClientId }) =>
      house.call('UpdateUserPoolClient', {
        UserPoolId,
        ClientId,
        ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'],
      }),
    codes: ['InvalidParameterException'],
    spares: (way) => (way.forNewPassword ? 'an answer belongs to no flow' : undefined),
  },
  {
    name: 'client deleted',
    impose: (house, { UserPoolId, ClientId }) =>
      house.call('DeleteUserPoolClient', { UserPoolId, ClientId }),
    codes: ['ResourceNotFoundException'],
  },
  {
    name: 'pool deleted',
    impose: (house, { UserPoolId }) => house.call('DeleteUserPool', { UserPoolId }),
    codes: ['ResourceNotFoundException'],
  },
  {
    name: 'another client of the pool',
    impose: nothing,
    at: async (house, { UserPoolId }) => {
      const { UserPoolClient } = await house.call('CreateUserPoolClient', {
        UserPoolId,
        ClientName: 'other',
        ExplicitAuthFlows: [...FLOWS],
      });
      return { ClientId: UserPoolClient?.ClientId ?? '', secret: undefined };
    },
    codes: ['NotAuthorizedException'],
    onlyLate: true,
    spares: (way) =>
      /PASSWORD_AUTH$|ADMIN_NO_SRP_AUTH/.test(way.name)
        ? 'one request, so nothing that could belong to the first client'
        : undefined,
  },
  {
    name: 'client of another pool',
    impose: nothing,
    at: async (house) => {
      const { ClientId } = await house.makePool();
      return { ClientId, secret: undefined };
    },
    codes: ['NotAuthorizedException', 'ResourceNotFoundException', 'UserNotFoundException'],
    onlyLate: true,
  },
  {
    name: 'another pool altogether',
    impose: nothing,
    at: async (house) => {
      const { ClientId, UserPoolId } = await house.makePool();
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
    at: async (house, target) => {
      const other = { ...target, username: 'other', password: target.password };
      await makeUser(house, { ...other, password: 'Others-1234' }, 'permanent');
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

async function makeUser(
  house: House,
  target: Target,
  kind: 'permanent' | 'temporary',
): Promise<void> {
  await house.call('AdminCreateUser', {
    ...ref(target),
    TemporaryPassword: kind === 'temporary' ? target.password : 'Temporary-1234',
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: `${target.username}@example.com` },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  if (kind === 'permanent') {
    await house.call('AdminSetUserPassword', {
      ...ref(target),
      Password: target.password,
      Permanent: true,
    });
  }
}

async function makeTarget(house: House, way: WayToAToken, withSecret = false): Promise<Target> {
  const pool = await house.makePool(
    {},
    { ExplicitAuthFlows: [...FLOWS], GenerateSecret: withSecret },
  );
  const target: Target = { ...pool, username: 'mara', password: 'Right-1234' };
  await makeUser(house, target, way.forNewPassword ? 'temporary' : 'permanent');
  return target;
}

/** The code with which the way was refused; fails the test if it ended in tokens. */
async function refusal(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
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
  'client deleted',
  'pool deleted',
]);

const issuerIn = (token: string): unknown =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iss: unknown })
    .iss;

/** An access token of the way; after it the server gets another address, and the pool the other form of issuer. */
async function formerToken(house: House, target: Target, way: WayToAToken): Promise<string> {
  house.moveTo('http://localhost:8400');
  const last = await way.begin(house, target);
  const AccessToken = (await last())?.AccessToken ?? '';
  house.moveTo('https://id.example.com');
  await house.call('GetUser', { AccessToken });
  await house.call('UpdateUserPool', {
    UserPoolId: target.UserPoolId,
    IssuerConfiguration: { Type: 'ORIGINAL' },
  });
  return AccessToken;
}

for (const way of waysToAToken) {
  test(way.name, async (t) => {
    const house = await openHouse(t);

    await t.test('leads to tokens, once', async () => {
      const last = await way.begin(house, await makeTarget(house, way));
      assert.ok((await last())?.AccessToken);
      if (way.name.includes('SRP_AUTH by') || way.forNewPassword) {
        assert.equal(await refusal(last), 'NotAuthorizedException');
      }
    });

    await t.test(
      'with a secret: leads to tokens; without, or with another, it does not',
      async () => {
        const target = await makeTarget(house, way, true);
        const last = await way.begin(house, target);
        assert.equal(await refusal(() => last({ secret: undefined })), 'NotAuthorizedException');
        assert.equal(
          await refusal(() => last({ secret: 'x'.repeat(52) })),
          'NotAuthorizedException',
        );
        assert.ok((await last())?.AccessToken);
      },
    );

    for (const control of controls) {
      const spared = control.spares?.(way);
      if (spared !== undefined) continue;
      await t.test(`${control.name}, late`, async () => {
        const target = await makeTarget(house, way);
        const last = await way.begin(house, target);
        await control.impose(house, target);
        const at = await control.at?.(house, target);
        const code = await refusal(() => last(at));
        assert.ok(control.codes.includes(code), code);
      });
      if (control.onlyLate) continue;
      await t.test(`${control.name}, early`, async () => {
        const target = await makeTarget(house, way);
        const warm = way.refreshes ? await way.begin(house, target) : undefined;
        await control.impose(house, target);
        await refusal(async () => (warm ?? (await way.begin(house, target)))());
      });
    }

    await t.test('issued under the former address: good until it expires', async () => {
      const target = await makeTarget(house, way);
      const AccessToken = await formerToken(house, target, way);
      await house.call('GetUser', { AccessToken });
      const { AuthenticationResult } = await house.call('AdminInitiateAuth', {
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
      await house.call('GetUser', { AccessToken: now });
      house.advance(3_600_000);
      assert.equal(await refusal(() => house.call('GetUser', { AccessToken })), NOT_AUTHORIZED);
    });

    for (const control of controls.filter(({ name }) => endsTokens.has(name))) {
      await t.test(`issued under the former address, then ${control.name}`, async () => {
        const target = await makeTarget(house, way);
        const AccessToken = await formerToken(house, target, way);
        await control.impose(house, target);
        assert.equal(await refusal(() => house.call('GetUser', { AccessToken })), NOT_AUTHORIZED);
      });
    }

    if (!way.forNewPassword && !way.refreshes) {
      await t.test('unconfirmed', async () => {
        const pool = await house.makePool({}, { ExplicitAuthFlows: [...FLOWS] });
        const target = { ...pool, username: 'new', password: 'Right-1234' };
        await house.call('SignUp', {
          ClientId: target.ClientId,
          Username: target.username,
          Password: target.password,
        });
        const code = await refusal(async () => (await way.begin(house, target))());
        assert.equal(code, 'UserNotConfirmedException');
      });
    }
  });
}
