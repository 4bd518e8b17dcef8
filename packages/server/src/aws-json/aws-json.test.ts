import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { builtOperations, Failure, StorageUnavailableError, registry } from '@poolhouse/core';
import type { Operation, Registry } from '@poolhouse/core';
import { operationNames, operations, type OperationName } from '@poolhouse/model';
import { startServer, targetHeaders, type Answer } from '../testing/start-server.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What every error must look like. Source: behaviour.md 1.4 and 1.6. */
function assertError(answer: Answer, status: number, code: string, message?: string | RegExp) {
  assert.equal(answer.status, status, answer.body);
  const body = answer.json();
  assert.equal(body['__type'], code);
  assert.equal(answer.headers['x-amzn-errortype'], `${code}:`);
  assert.equal(answer.headers['content-type'], 'application/x-amz-json-1.1');
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.match(answer.headers['access-control-expose-headers'] ?? '', /x-amzn-ErrorType/);
  assert.match(String(answer.headers['x-amzn-requestid']), UUID);
  assert(answer.headers.date);
  assert.doesNotMatch(answer.body, /\bat \/|node:|SQL|\.ts\b/);
  if (typeof message === 'string') assert.equal(body['message'], message);
  else if (message) assert.match(String(body['message']), message);
}

suite('the API over HTTP', () => {
  test('a real client makes, lists, describes and deletes a pool', async (t) => {
    const { client } = await startServer(t);
    const aws = client();
    const made = await aws.send(new CreateUserPoolCommand({ PoolName: 'first' }));
    const id = made.UserPool?.Id;
    assert.match(id ?? '', /^eu-west-1_[0-9A-Za-z]{9}$/);
    const { UserPools } = await aws.send(new ListUserPoolsCommand({ MaxResults: 10 }));
    assert.deepEqual(
      UserPools?.map((pool) => pool.Id),
      [id],
    );
    const elsewhere = await client(undefined, 'us-east-1').send(
      new ListUserPoolsCommand({ MaxResults: 10 }),
    );
    assert.deepEqual(elsewhere.UserPools, []);
    await aws.send(new DeleteUserPoolCommand({ UserPoolId: id }));
    await assert.rejects(aws.send(new DescribeUserPoolCommand({ UserPoolId: id })), {
      name: 'ResourceNotFoundException',
      message: `User pool ${id} does not exist.`,
    });
  });

  test('a response has the service’s headers, and no body if the API declares none', async (t) => {
    const quiet: Operation = { name: 'DeleteUser', needs: [], run: async () => ({}) };
    const { post } = await startServer(t, {
      replacements: { registry: new Map([['DeleteUser', quiet]]) },
    });
    const answer = await post('DeleteUser', '{"AccessToken":"a.b.c"}');
    assert.equal(answer.status, 200);
    assert.equal(answer.body, '');
    assert.equal(answer.headers['content-length'], '0');
    assert.equal(answer.headers['content-type'], 'application/x-amz-json-1.1');
    assert.match(String(answer.headers['x-amzn-requestid']), UUID);
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['x-powered-by'], undefined);
  });

  test('absent members are left out of a response, and times are epoch seconds', async (t) => {
    const group: Operation = {
      name: 'ListUsers',
      needs: [],
      run: async () => ({
        Users: [{ Username: 'a', UserCreateDate: 1_689_980_857_949, Enabled: undefined }],
      }),
    };
    const { client } = await startServer(t, {
      replacements: { registry: new Map([['ListUsers', group]]) },
    });
    const { ListUsersCommand } = await import('@aws-sdk/client-cognito-identity-provider');
    const answer = await client().send(new ListUsersCommand({ UserPoolId: 'eu-west-1_abcdefghi' }));
    const [user] = answer.Users ?? [];
    assert.equal(user?.UserCreateDate?.getTime(), 1_689_980_857_949);
    assert.equal(user?.Enabled, undefined);
  });

  test('a failure of an operation: name and text in the body and in the headers', async (t) => {
    const { post } = await startServer(t);
    const answer = await post(
      'SignUp',
      '{"ClientId":"1h57kf5cpq17m0eml12EXAMPLE","Username":"a","Password":"Abc123!x"}',
    );
    assertError(answer, 400, 'ResourceNotFoundException', /does not exist/);
    assert.equal(answer.headers['x-amzn-errormessage'], answer.json()['message']);
    assert.deepEqual(Object.keys(answer.json()), ['__type', 'message']);
  });

  test('broken constraints are reported before anything is looked up; members of the wrong type are another error', async (t) => {
    const { post } = await startServer(t);
    assertError(
      await post('SignUp', ''),
      400,
      'InvalidParameterException',
      /^2 validation errors detected: Value at 'clientId' failed to satisfy constraint: Member must not be null; /,
    );
    assertError(await post('SignUp', '{"ClientId":7}'), 400, 'SerializationException');
    assertError(await post('SignUp', '[]'), 400, 'SerializationException');
  });

  test('texts that a header cannot carry do not break the response', async (t) => {
    const failing = failingRegistry('SignUp', () => {
      throw new Failure('InvalidParameterException', `é\r\nSet-Cookie: a=b ${'x'.repeat(5000)}`);
    });
    const { post } = await startServer(t, { replacements: { registry: failing } });
    const answer = await post('SignUp', SIGN_UP);
    assertError(answer, 400, 'InvalidParameterException', /^é\r\nSet-Cookie/);
    assert.match(answer.headers['x-amzn-errormessage'] as string, /^\?\?\?Set-Cookie: a=b x+$/);
    assert.equal(answer.headers['set-cookie'], undefined);
  });

  test('unknown operations, and operations that are known but not built', async (t) => {
    const { send, post } = await startServer(t);
    for (const target of [
      undefined,
      '',
      'SignUp',
      'AWSCognitoIdentityProviderService.signUp',
      'AWSCognitoIdentityProviderService.__proto__',
      'AWSCognitoIdentityProviderService.constructor',
      'AWSCognitoIdentityService.GetId',
    ]) {
      const answer = await send({
        body: '{}',
        headers: target === undefined ? {} : { 'x-amz-target': target },
      });
      assertError(answer, 400, 'UnknownOperationException');
      assert.deepEqual(answer.json(), { __type: 'UnknownOperationException' });
    }
    const notBuilt = operationNames.filter((name) => !builtOperations.includes(name));
    for (const name of notBuilt)
      assertError(await post(name, '{}'), 400, 'UnknownOperationException');
  });

  test('preflights allow what is asked for; odd ones get the usual answer', async (t) => {
    const { send } = await startServer(t);
    const asked = 'authorization,content-type,x-amz-target,x-amz-user-agent,cache-control';
    const answer = await send({
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': asked,
      },
    });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['access-control-allow-headers'], asked);
    assert.equal(answer.headers['access-control-allow-methods'], 'POST');
    assert.equal(answer.headers['access-control-max-age'], '172800');
    assert.equal(answer.headers['access-control-allow-credentials'], undefined);
    const strange = await send({
      method: 'OPTIONS',
      headers: {
        'access-control-request-headers': 'a<script>',
        'access-control-request-method': 'po st',
      },
    });
    assert.match(
      String(strange.headers['access-control-allow-headers']),
      /^content-type,x-amz-target/,
    );
    assert.equal(strange.headers['access-control-allow-methods'], 'POST');
  });
});

const SIGN_UP = '{"ClientId":"1h57kf5cpq17m0eml12EXAMPLE","Username":"a","Password":"Abc123!x"}';

/** The built operations, one of which is replaced. */
function failingRegistry(name: OperationName, run: () => never): Registry {
  const changed = new Map(registry);
  changed.set(name, { name, needs: [], run: async () => run() });
  return changed;
}

suite('what happens when an operation breaks (F29)', () => {
  test('any operation may throw: 500 in the form of the service, with the logged id, and the next request is answered', async (t) => {
    const thrown = new Map<OperationName, Operation>(
      [...registry.keys()].map((name) => [
        name,
        {
          name,
          needs: [],
          run: async () => {
            throw new TypeError('SELECT secret FROM users');
          },
        },
      ]),
    );
    // Every input is decoded before its operation runs, so each operation gets a valid one.
    const { post, logged } = await startServer(t, { replacements: { registry: thrown } });
    let reached = 0;
    for (const name of builtOperations) {
      if (operations[name].authorisation === 'iam') continue;
      const input = unsignedInputs[name];
      if (input === undefined) continue;
      reached += 1;
      const answer = await post(name, JSON.stringify(input));
      assertError(answer, 500, 'InternalErrorException', 'Internal server error');
      const line = logged.find(
        ({ fields }) => fields['requestId'] === answer.headers['x-amzn-requestid'],
      );
      assert.equal(line?.event, 'request.failed', name);
    }
    assert.equal(reached, Object.keys(unsignedInputs).length);
  });

  test('an unresponsive database is reported as the server’s fault, to be retried', async (t) => {
    const failing = failingRegistry('SignUp', () => {
      throw new StorageUnavailableError('the disk is full');
    });
    const { post, logged } = await startServer(t, { replacements: { registry: failing } });
    const answer = await post('SignUp', SIGN_UP);
    assertError(answer, 500, 'InternalErrorException', 'Internal server error');
    assert.equal(logged.at(-1)?.event, 'storage.unavailable');
    assert.doesNotMatch(answer.body, /disk/);
  });
});

const ACCESS_TOKEN = { AccessToken: 'a.b.c' };
const CLIENT_USER = { ClientId: '1h57kf5cpq17m0eml12EXAMPLE', Username: 'a' };
/** A valid input for each unsigned operation that is built. */
const unsignedInputs: Partial<Record<OperationName, object>> = {
  ChangePassword: { ...ACCESS_TOKEN, ProposedPassword: 'Abc123!x' },
  ConfirmForgotPassword: { ...CLIENT_USER, ConfirmationCode: '123456', Password: 'Abc123!x' },
  ConfirmSignUp: { ...CLIENT_USER, ConfirmationCode: '123456' },
  DeleteUser: ACCESS_TOKEN,
  ForgotPassword: CLIENT_USER,
  GetUser: ACCESS_TOKEN,
  GlobalSignOut: ACCESS_TOKEN,
  InitiateAuth: { ClientId: CLIENT_USER.ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
  ResendConfirmationCode: CLIENT_USER,
  SignUp: { ...CLIENT_USER, Password: 'Abc123!x' },
};

suite('hostile bodies', () => {
  const wrapped = (text: string) =>
    `{"ClientId":"1h57kf5cpq17m0eml12EXAMPLE","Password":"Abc123!x","Username":${text}}`;
  const deep = (depth: number) => `{"UserAttributes":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const bodies: readonly (readonly [name: string, body: string | Buffer])[] = [
    ['text that is not JSON', 'not json'],
    ['an unfinished object', '{"ClientId":'],
    ['10,000 levels of lists', deep(10_000)],
    ['10,000 levels of objects', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    ['brackets without an end', '['.repeat(500_000)],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{}')])],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
    ],
    [
      'an overlong encoding',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    ],
    ['a lone surrogate', wrapped(String.raw`"a\ud800"`)],
    ['a lone surrogate in a name', String.raw`{"ClientMetadata":{"\udc00":"x"}}`],
    ['a NUL', wrapped(String.raw`"a\u0000b"`)],
    ['a raw NUL', wrapped('"a\0b"')],
    ['a number beyond all', wrapped('1e9999')],
    ['a list of 400,000 numbers', `{"UserAttributes":[${'1,'.repeat(400_000)}1]}`],
    ['a compressed body', gzipSync('{}')],
    ['a number', '7'],
    ['null', 'null'],
  ];

  test('each is a SerializationException, and the next request is answered', async (t) => {
    const { post } = await startServer(t);
    for (const [name, body] of bodies) {
      const answer = await post('SignUp', body, { 'content-encoding': 'identity' });
      assert.equal(answer.json()['__type'], 'SerializationException', name);
      assertError(answer, 400, 'SerializationException');
    }
    assertError(await post('SignUp', SIGN_UP), 400, 'ResourceNotFoundException');
  });

  test('what looks hostile but is not: escaped backslashes, surrogate pairs, brackets in texts', async (t) => {
    const { post } = await startServer(t);
    for (const text of [
      String.raw`"a\\ud800"`,
      String.raw`"\ud83d\ude00"`,
      `"${'['.repeat(120)}"`,
      '"😀"',
    ]) {
      assertError(await post('SignUp', wrapped(text)), 400, 'ResourceNotFoundException');
    }
  });

  test('JavaScript’s own property names in an input change nothing (X01)', async (t) => {
    const seen: unknown[] = [];
    const spy = new Map(registry);
    spy.set('SignUp', {
      name: 'SignUp',
      needs: [],
      run: async (_, input) => {
        seen.push(input);
        return {};
      },
    });
    const { post } = await startServer(t, { replacements: { registry: spy } });
    const body = `{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"ClientId":"1h57kf5cpq17m0eml12EXAMPLE",
      "Username":"a","Password":"Abc123!x","ClientMetadata":{"__proto__":"x","constructor":"y"}}`;
    assert.equal((await post('SignUp', body)).status, 200);
    const input = seen[0] as { isAdmin?: unknown; ClientMetadata: object };
    assert.equal(input.isAdmin, undefined);
    assert.equal(({} as { isAdmin?: unknown }).isAdmin, undefined);
    assert.equal(Object.getPrototypeOf(input.ClientMetadata), null);
    assert.deepEqual(Object.keys(input.ClientMetadata), ['constructor']);
  });

  test('a body that is too long is refused as soon as that is known (X04)', async (t) => {
    const { post, send } = await startServer(t);
    const tooLong = 'RequestEntityTooLargeException';
    assertError(await post('SignUp', Buffer.alloc(10 * 1_048_576, 0x20)), 413, tooLong);
    assertError(await post('SignUp', Buffer.alloc(1_048_577, 0x20)), 413, tooLong);
    const chunked = { ...targetHeaders('SignUp'), 'transfer-encoding': 'chunked' };
    assertError(
      await send({ headers: chunked, body: Buffer.alloc(2_000_000, 0x20) }),
      413,
      tooLong,
    );
    const full = `${SIGN_UP}${' '.repeat(1_048_576 - SIGN_UP.length)}`;
    assertError(await post('SignUp', full), 400, 'ResourceNotFoundException');
  });
});

test('a client of the SDK sees the error of an unsigned operation', async (t) => {
  const { client } = await startServer(t);
  const command = new SignUpCommand({ ...CLIENT_USER, Password: 'Abc123!x' });
  await assert.rejects(client().send(command), { name: 'ResourceNotFoundException' });
});
