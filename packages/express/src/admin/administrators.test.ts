import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  administrators,
  NewUserGroupError,
  type Administrators,
  type AdministratorsOptions,
  type Invitation,
} from './index.ts';

const userPoolId = 'eu-central-1_aB3dE5fG7';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

interface Sent {
  readonly url: string;
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly headers: Record<string, string>;
}

type Answer = { readonly status?: number; readonly body: object };

/** The administrators' client on the real SDK, with the wire cut where the request leaves it. */
function harness(answer: (sent: Sent) => Answer, options: Partial<AdministratorsOptions> = {}) {
  const sent: Sent[] = [];
  const handle = (request: {
    protocol: string;
    hostname: string;
    port?: number;
    path: string;
    headers: Record<string, string>;
    body: Uint8Array<ArrayBuffer>;
  }) => {
    const { protocol, hostname, port, path, headers } = request;
    const one: Sent = {
      url: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`,
      operation: (headers['x-amz-target'] ?? '').replace('AWSCognitoIdentityProviderService.', ''),
      input: JSON.parse(new TextDecoder().decode(request.body)) as Record<string, unknown>,
      headers,
    };
    sent.push(one);
    const { status = 200, body } = answer(one);
    return Promise.resolve({
      response: {
        statusCode: status,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: Buffer.from(JSON.stringify(body)),
      },
    });
  };
  const requestHandler = { handle, updateHttpClientConfig() {}, httpHandlerConfigs: () => ({}) };
  const admin = administrators({
    userPoolId,
    credentials,
    clientConfig: { requestHandler: requestHandler as never, maxAttempts: 1 },
    ...options,
  });
  return { admin, sent };
}

const ANN = {
  Username: 'ann',
  Attributes: [
    { Name: 'sub', Value: 'sub-1' },
    { Name: 'email', Value: 'ann@example.com' },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'custom:team', Value: 'blue' },
  ],
  Enabled: true,
  UserStatus: 'FORCE_CHANGE_PASSWORD',
  UserCreateDate: 1_700_000_000,
  UserLastModifiedDate: 1_700_000_001,
};

test('the same requests go to Amazon Cognito and to an endpoint: only the address differs', async () => {
  const amazon = harness(() => ({ body: {} }));
  const own = harness(() => ({ body: {} }), { endpoint: 'http://localhost:8400' });
  for (const { admin } of [amazon, own]) await admin.disable('ann');
  const [there, here] = [amazon.sent[0], own.sent[0]];
  assert.equal(there?.url, 'https://cognito-idp.eu-central-1.amazonaws.com/');
  assert.equal(here?.url, 'http://localhost:8400/');
  assert.deepEqual(here?.input, there?.input);
  for (const one of [there, here]) {
    assert.match(
      one?.headers['authorization'] ?? '',
      /Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/cognito-idp\/aws4_request/,
    );
  }
});

test('each operation and what it sends', async (t) => {
  const of = { UserPoolId: userPoolId, Username: 'ann' };
  type Do = (admin: ReturnType<typeof administrators>) => Promise<unknown>;
  const cases: readonly [string, Do, ...(readonly [string, object])[]][] = [
    [
      'createUser, as little as possible',
      (admin) => admin.createUser({ username: 'ann' }),
      ['AdminCreateUser', { ...of, UserAttributes: [], MessageAction: 'SUPPRESS' }],
    ],
    [
      'createUser, everything',
      (admin) =>
        admin.createUser({
          username: 'ann',
          email: 'ann@example.com',
          phoneNumber: '+4930123456',
          verified: true,
          attributes: { 'custom:team': 'blue', name: undefined },
          temporaryPassword: 'Secret-1',
          invitation: 'none',
          groups: ['staff', 'admins'],
        }),
      ['GetGroup', { UserPoolId: userPoolId, GroupName: 'staff' }],
      ['GetGroup', { UserPoolId: userPoolId, GroupName: 'admins' }],
      [
        'AdminCreateUser',
        {
          ...of,
          UserAttributes: [
            { Name: 'email', Value: 'ann@example.com' },
            { Name: 'email_verified', Value: 'true' },
            { Name: 'phone_number', Value: '+4930123456' },
            { Name: 'phone_number_verified', Value: 'true' },
            { Name: 'custom:team', Value: 'blue' },
          ],
          TemporaryPassword: 'Secret-1',
          MessageAction: 'SUPPRESS',
        },
      ],
      ['AdminAddUserToGroup', { ...of, GroupName: 'staff' }],
      ['AdminAddUserToGroup', { ...of, GroupName: 'admins' }],
    ],
    [
      'listGroups',
      async (admin) => {
        for await (const _ of admin.listGroups());
      },
      ['ListGroups', { UserPoolId: userPoolId, Limit: 60 }],
    ],
    [
      'resendInvitation',
      (admin) => admin.resendInvitation('ann', 'sms'),
      ['AdminCreateUser', { ...of, MessageAction: 'RESEND', DesiredDeliveryMediums: ['SMS'] }],
    ],
    [
      'setPassword',
      (admin) => admin.setPassword('ann', 'Secret-1'),
      ['AdminSetUserPassword', { ...of, Password: 'Secret-1', Permanent: true }],
    ],
    [
      'setPassword, temporary',
      (admin) => admin.setPassword('ann', 'Secret-1', { temporary: true }),
      ['AdminSetUserPassword', { ...of, Password: 'Secret-1', Permanent: false }],
    ],
    [
      'updateAttributes',
      (admin) => admin.updateAttributes('ann', { email_verified: true, name: '' }),
      [
        'AdminUpdateUserAttributes',
        {
          ...of,
          UserAttributes: [
            { Name: 'email_verified', Value: 'true' },
            { Name: 'name', Value: '' },
          ],
        },
      ],
    ],
    ['enable', (admin) => admin.enable('ann'), ['AdminEnableUser', of]],
    ['disable', (admin) => admin.disable('ann'), ['AdminDisableUser', of]],
    ['deleteUser', (admin) => admin.deleteUser('ann'), ['AdminDeleteUser', of]],
    ['signOut', (admin) => admin.signOut('ann'), ['AdminUserGlobalSignOut', of]],
    ['resetPassword', (admin) => admin.resetPassword('ann'), ['AdminResetUserPassword', of]],
    [
      'addToGroup',
      (admin) => admin.addToGroup('ann', 'staff'),
      ['AdminAddUserToGroup', { ...of, GroupName: 'staff' }],
    ],
    [
      'removeFromGroup',
      (admin) => admin.removeFromGroup('ann', 'staff'),
      ['AdminRemoveUserFromGroup', { ...of, GroupName: 'staff' }],
    ],
  ];
  for (const [name, run, ...expected] of cases) {
    await t.test(name, async () => {
      const { admin, sent } = harness(({ operation }) => ({
        body: operation === 'AdminCreateUser' ? { User: ANN } : {},
      }));
      await run(admin);
      assert.deepEqual(
        sent.map(({ operation, input }) => [operation, input]),
        expected,
      );
    });
  }
});

test('an invitation takes the way that leads to the user, and none where there is none', async () => {
  type Case = readonly [Partial<Parameters<Administrators['createUser']>[0]>, Invitation];
  const email = 'ann@example.com';
  const phoneNumber = '+4930123456';
  const cases: readonly Case[] = [
    [{}, 'none'],
    [{ email }, 'email'],
    [{ email: '' }, 'none'],
    [{ phoneNumber }, 'sms'],
    [{ email: '', phoneNumber }, 'sms'],
    [{ email, phoneNumber }, 'email'],
    [{ attributes: { email } }, 'email'],
    [{ attributes: { phone_number: phoneNumber } }, 'sms'],
    [{ username: email }, 'email'],
    [{ username: phoneNumber }, 'sms'],
    [{ username: email, invitation: 'none' }, 'none'],
    [{ email, phoneNumber, invitation: 'sms' }, 'sms'],
    // The pool says that there is no address: the caller has asked for it.
    [{ invitation: 'email' }, 'email'],
  ];
  for (const [user, way] of cases) {
    const { admin, sent } = harness(() => ({ body: { User: ANN } }));
    const { invitation } = await admin.createUser({ username: 'ann', ...user });
    const { DesiredDeliveryMediums: mediums, MessageAction: action } = sent[0]?.input ?? {};
    const expected = way === 'none' ? [undefined, 'SUPPRESS'] : [[way.toUpperCase()], undefined];
    assert.deepEqual([mediums, action], expected, JSON.stringify(user));
    assert.equal(invitation, way);
  }
});

test('a further invitation takes the same way, and is refused in the words of the pool where none leads', async () => {
  for (const [attribute, medium] of [
    [[{ Name: 'email', Value: 'ann@example.com' }], 'EMAIL'],
    [[{ Name: 'phone_number', Value: '+4930123456' }], 'SMS'],
    [[], 'EMAIL'],
  ] as const) {
    const { admin, sent } = harness(() => ({
      body: { Username: 'ann', UserAttributes: attribute },
    }));
    await admin.resendInvitation('ann');
    assert.deepEqual(
      sent.map(({ operation, input }) => [operation, input['DesiredDeliveryMediums']]),
      [
        ['AdminGetUser', undefined],
        ['AdminCreateUser', [medium]],
      ],
    );
  }
});

test('a user comes back in one shape, whichever operation hands it out', async () => {
  const { Attributes, ...rest } = ANN;
  const { admin } = harness(({ operation }) =>
    operation === 'AdminCreateUser'
      ? { body: { User: ANN } }
      : { body: { ...rest, UserAttributes: Attributes } },
  );
  const expected = {
    username: 'ann',
    sub: 'sub-1',
    email: 'ann@example.com',
    emailVerified: true,
    phoneNumber: undefined,
    phoneNumberVerified: false,
    enabled: true,
    status: 'FORCE_CHANGE_PASSWORD',
    createdAt: new Date(1_700_000_000_000),
    modifiedAt: new Date(1_700_000_001_000),
    attributes: {
      sub: 'sub-1',
      email: 'ann@example.com',
      email_verified: 'true',
      'custom:team': 'blue',
    },
  };
  const created = await admin.createUser({ username: 'ann' });
  assert.deepEqual(created, { ...expected, invitation: 'none' });
  assert.deepEqual(await admin.getUser('ann'), expected);
});

test('a group that does not exist is found before anybody is made', async () => {
  const sent: string[] = [];
  const { admin } = harness(({ operation }) => {
    sent.push(operation);
    return operation === 'GetGroup'
      ? { status: 400, body: { __type: 'ResourceNotFoundException', message: 'Group not found.' } }
      : { body: { User: { Username: 'ann' } } };
  });
  await assert.rejects(
    admin.createUser({ username: 'ann', groups: ['staff', 'none'] }),
    (error) => {
      assert(error instanceof NewUserGroupError);
      assert.deepEqual([error.group, error.user], ['staff', undefined]);
      assert.equal(error.message, 'There is no group "staff": the user was not created.');
      assert.equal((error.cause as Error).name, 'ResourceNotFoundException');
      return true;
    },
  );
  assert.deepEqual(sent, ['GetGroup']);
});

test('a pool that does not exist is not taken for a group', async () => {
  const { admin } = harness(() => ({
    status: 400,
    body: { __type: 'ResourceNotFoundException', message: 'User pool x does not exist.' },
  }));
  const made = admin.createUser({ username: 'ann', groups: ['staff'] });
  await assert.rejects(made, { name: 'ResourceNotFoundException' });
});

test('who was made and could not be put into a group is told with the error', async () => {
  const { admin } = harness(({ operation }) =>
    operation === 'AdminAddUserToGroup'
      ? { status: 400, body: { __type: 'NotAuthorizedException', message: 'no' } }
      : { body: { User: { Username: 'ann' } } },
  );
  await assert.rejects(admin.createUser({ username: 'ann', groups: ['staff'] }), (error) => {
    assert(error instanceof NewUserGroupError);
    assert.deepEqual([error.group, error.user?.username], ['staff', 'ann']);
    assert.equal(error.message, 'ann was created, but could not be added to the group "staff".');
    return true;
  });
});

test('getUser gives undefined for nobody; other errors are the classes of the SDK', async () => {
  const { admin } = harness(({ operation }) => ({
    status: 400,
    body: {
      __type: operation === 'AdminGetUser' ? 'UserNotFoundException' : 'UsernameExistsException',
      message: 'x',
    },
  }));
  assert.equal(await admin.getUser('nobody'), undefined);
  await assert.rejects(admin.createUser({ username: 'ann' }), { name: 'UsernameExistsException' });
  const denied = harness(() => ({ status: 400, body: { __type: 'NotAuthorizedException' } }));
  await assert.rejects(denied.admin.getUser('ann'), { name: 'NotAuthorizedException' });
});

test('listUsers asks for a page when it is needed, and for no more', async () => {
  const page = (from: number, token?: string) => ({
    body: {
      Users: [0, 1].map((index) => ({ ...ANN, Username: `user-${from + index}` })),
      ...(token && { PaginationToken: token, NextToken: token }),
    },
  });
  const answer = ({ input }: Sent) =>
    (input['PaginationToken'] ?? input['NextToken']) === 'two' ? page(2) : page(0, 'two');
  const all = harness(answer);
  const names: string[] = [];
  for await (const { username } of all.admin.listUsers({ filter: 'email ^= "a"', pageSize: 2 })) {
    names.push(username);
  }
  assert.deepEqual(names, ['user-0', 'user-1', 'user-2', 'user-3']);
  const first = { UserPoolId: userPoolId, Filter: 'email ^= "a"', Limit: 2 };
  assert.deepEqual(
    all.sent.map(({ operation, input }) => [operation, input]),
    [
      ['ListUsers', first],
      ['ListUsers', { ...first, PaginationToken: 'two' }],
    ],
  );

  const some = harness(answer);
  for await (const { username } of some.admin.listUsers({ group: 'staff' })) {
    if (username === 'user-1') break;
  }
  assert.deepEqual(
    some.sent.map(({ operation, input }) => [operation, input]),
    [['ListUsersInGroup', { UserPoolId: userPoolId, GroupName: 'staff', Limit: 60 }]],
  );
  await assert.rejects(some.admin.listUsers({ group: 'a', filter: 'b' }).next(), TypeError);
});

test('groupsOf gives the names of all pages', async () => {
  const { admin } = harness(({ input }) => ({
    body:
      input['NextToken'] === 'two'
        ? { Groups: [{ GroupName: 'b' }] }
        : { Groups: [{ GroupName: 'a' }], NextToken: 'two' },
  }));
  assert.deepEqual(await admin.groupsOf('ann'), ['a', 'b']);
});

test('a pool id that is none is a mistake of the settings', () => {
  assert.throws(() => administrators({ userPoolId: '' }), { name: 'ConfigurationError' });
});
