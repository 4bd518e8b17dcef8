import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInput } from './decode-input.ts';
import { operationNames, type InputOf, type OperationName } from './operations.ts';

function inputOf<N extends OperationName>(name: N, json: unknown): InputOf<N> {
  const decoded = decodeInput(name, json);
  assert.ok(decoded.ok, decoded.ok ? '' : decoded.message);
  return decoded.input;
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const pool = 'eu-west-1_aB3';
const one = '1 validation error detected: ';
const two = '2 validation errors detected: ';
const tag = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_aB3';

interface ConstraintCase {
  readonly what: string;
  readonly operation: OperationName;
  readonly json: unknown;
  readonly message: string;
}

const constraintCases: readonly ConstraintCase[] = [
  {
    what: 'an absent required member',
    operation: 'DescribeUserPool',
    json: {},
    message: `${one}Value null at 'userPoolId' failed to satisfy constraint: Member must not be null`,
  },
  {
    what: 'null for a required member',
    operation: 'DescribeUserPool',
    json: { UserPoolId: null },
    message: `${one}Value null at 'userPoolId' failed to satisfy constraint: Member must not be null`,
  },
  {
    what: 'an absent sensitive member',
    operation: 'GetUser',
    json: {},
    message: `${one}Value at 'accessToken' failed to satisfy constraint: Member must not be null`,
  },
  {
    what: 'a pattern, whose text is the model’s',
    operation: 'DescribeUserPool',
    json: { UserPoolId: 'nonsense' },
    message: `${one}Value 'nonsense' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+`,
  },
  {
    what: 'a text that is too long, without its pattern',
    operation: 'DescribeUserPool',
    json: { UserPoolId: '!'.repeat(56) },
    message: `${one}Value '${'!'.repeat(56)}' at 'userPoolId' failed to satisfy constraint: Member must have length less than or equal to 55`,
  },
  {
    what: 'an empty text: two rules',
    operation: 'DescribeUserPool',
    json: { UserPoolId: '' },
    message:
      `${two}Value '' at 'userPoolId' failed to satisfy constraint: Member must have length greater than or equal to 1; ` +
      `Value '' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+`,
  },
  {
    what: 'a sensitive text, which is not printed',
    operation: 'AdminGetUser',
    json: { UserPoolId: pool, Username: 'my secret name' },
    message: `${one}Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+`,
  },
  {
    what: 'an enum',
    operation: 'SetUserPoolMfaConfig',
    json: { UserPoolId: pool, MfaConfiguration: 'MAYBE' },
    message: `${one}Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OPTIONAL, OFF, ON]`,
  },
  {
    what: 'a number below its range',
    operation: 'ListUserPools',
    json: { MaxResults: 0 },
    message: `${one}Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1`,
  },
  {
    what: 'a number above its range, inside structures',
    operation: 'CreateUserPool',
    json: { PoolName: 'a', Policies: { PasswordPolicy: { MinimumLength: 100 } } },
    message: `${one}Value '100' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value less than or equal to 99`,
  },
  {
    what: 'an item of a list of structures',
    operation: 'AdminUpdateUserAttributes',
    json: { UserPoolId: pool, Username: 'a', UserAttributes: [{ Name: 'a' }, { Value: 'b' }] },
    message: `${one}Value null at 'userAttributes.2.member.name' failed to satisfy constraint: Member must not be null`,
  },
  {
    what: 'a null item of a list of structures',
    operation: 'AdminUpdateUserAttributes',
    json: { UserPoolId: pool, Username: 'a', UserAttributes: [null] },
    message: `${one}Value null at 'userAttributes.1.member' failed to satisfy constraint: Member must not be null`,
  },
  {
    what: 'a sensitive value in a list of structures',
    operation: 'AdminUpdateUserAttributes',
    json: {
      UserPoolId: pool,
      Username: 'a',
      UserAttributes: [{ Name: 'a', Value: 'b'.repeat(2049) }],
    },
    message: `${one}Value at 'userAttributes.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 2048`,
  },
  {
    what: 'a list of plain values, as a whole',
    operation: 'CreateUserPool',
    json: { PoolName: 'a', AliasAttributes: ['email', 'shoe_size'] },
    message: `${one}Value '[email, shoe_size]' at 'aliasAttributes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email, preferred_username]]`,
  },
  {
    what: 'a null item of a list of plain values',
    operation: 'ListUsers',
    json: { UserPoolId: pool, AttributesToGet: [null] },
    message: `${one}Value '[null]' at 'attributesToGet' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 32, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+, Member must not be null]`,
  },
  {
    what: 'a list with too many items',
    operation: 'CreateUserPoolClient',
    json: {
      UserPoolId: pool,
      ClientName: 'a',
      AllowedOAuthFlows: ['code', 'code', 'code', 'code'],
    },
    message: `${one}Value '[code, code, code, code]' at 'allowedOAuthFlows' failed to satisfy constraint: Member must have length less than or equal to 3`,
  },
  {
    what: 'the keys of a map',
    operation: 'TagResource',
    json: { ResourceArn: tag, Tags: { '': 'a' } },
    message: `${one}Value '{=a}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]`,
  },
  {
    what: 'the values of a map',
    operation: 'TagResource',
    json: { ResourceArn: tag, Tags: { a: 'b'.repeat(257) } },
    message: `${one}Value '{a=${'b'.repeat(257)}}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 0]`,
  },
  {
    what: 'the values of a sensitive map, which are not printed',
    operation: 'InitiateAuth',
    json: {
      AuthFlow: 'USER_AUTH',
      ClientId: 'a',
      AuthParameters: { PASSWORD: 'p'.repeat(131_073) },
    },
    message: `${one}Value at 'authParameters' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 131072, Member must have length greater than or equal to 0]`,
  },
  {
    what: 'a plain member inside a sensitive structure, which is not printed',
    operation: 'SignUp',
    json: { ClientId: 'a', Username: 'a', UserContextData: { IpAddress: '1'.repeat(131_073) } },
    message: `${one}Value at 'userContextData.ipAddress' failed to satisfy constraint: Member must have length less than or equal to 131072`,
  },
  {
    what: 'an image that is too large',
    operation: 'SetUICustomization',
    json: { UserPoolId: pool, ImageFile: Buffer.alloc(131_073).toString('base64') },
    message: `${one}Value 'java.nio.HeapByteBuffer[pos=0 lim=131073 cap=131073]' at 'imageFile' failed to satisfy constraint: Member must have length less than or equal to 131072`,
  },
  {
    what: 'several members, in the order of the model',
    operation: 'AdminGetUser',
    json: { UserPoolId: 'x' },
    message:
      `${two}Value 'x' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+; ` +
      `Value at 'username' failed to satisfy constraint: Member must not be null`,
  },
];

for (const { what, operation, json, message } of constraintCases) {
  test(`constraint: ${what}`, () => {
    assert.deepEqual(decodeInput(operation, json), { ok: false, kind: 'constraint', message });
  });
}

const serializationCases: readonly [
  what: string,
  operation: OperationName,
  json: unknown,
  message: string,
][] = [
  [
    'a number for a text',
    'GetUser',
    { AccessToken: 5 },
    'class java.lang.Integer can not be converted to an String',
  ],
  [
    'a large number for a text',
    'GetUser',
    { AccessToken: 5e9 },
    'class java.lang.Long can not be converted to an String',
  ],
  [
    'a flag for a text',
    'GetUser',
    { AccessToken: true },
    'class java.lang.Boolean can not be converted to an String',
  ],
  ['a list for a text', 'GetUser', { AccessToken: ['a'] }, 'Unexpected field type'],
  ['an object for a text', 'GetUser', { AccessToken: {} }, 'Unexpected field type'],
  [
    'a text for a number',
    'ListUserPools',
    { MaxResults: '1' },
    'class java.lang.String can not be converted to an Integer',
  ],
  [
    'a fraction for a number',
    'ListUserPools',
    { MaxResults: 1.5 },
    'class java.lang.Double can not be converted to an Integer',
  ],
  [
    'a number beyond 32 bits',
    'ListUserPools',
    { MaxResults: 2 ** 31 },
    'class java.lang.Long can not be converted to an Integer',
  ],
  [
    'a text for a flag',
    'ConfirmSignUp',
    { ForceAliasCreation: 'true' },
    'class java.lang.String can not be converted to an Boolean',
  ],
  ['an object for a list', 'SignUp', { UserAttributes: {} }, 'Unexpected field type'],
  ['a text in a list of structures', 'SignUp', { UserAttributes: ['a'] }, 'Unexpected field type'],
  [
    'a number in a list of texts',
    'ListUsers',
    { AttributesToGet: [1] },
    'class java.lang.Integer can not be converted to an String',
  ],
  ['a list for a map', 'SignUp', { ClientMetadata: [] }, 'Unexpected field type'],
  ['an object in a map of texts', 'SignUp', { ClientMetadata: { a: {} } }, 'Unexpected field type'],
  [
    'no base64',
    'SetUICustomization',
    { ImageFile: '***' },
    'class java.lang.String can not be converted to an ByteBuffer',
  ],
  ['a list for the input', 'GetUser', [], 'Unexpected field type'],
  ['a text for the input', 'GetUser', 'a', 'Unexpected field type'],
  ['null for the input', 'GetUser', null, 'Unexpected field type'],
];

for (const [what, operation, json, message] of serializationCases) {
  test(`serialization: ${what}`, () => {
    assert.deepEqual(decodeInput(operation, json), { ok: false, kind: 'serialization', message });
  });
}

test('a wrong JSON type wins over a broken constraint before it', () => {
  const decoded = decodeInput('AdminGetUser', { UserPoolId: '!', Username: 1 });
  assert.ok(!decoded.ok);
  assert.equal(decoded.kind, 'serialization');
});

test('unknown members are dropped, null is absent, an absent body is empty', () => {
  const input = inputOf('SignUp', {
    ClientId: 'a',
    Username: 'b',
    Nonsense: { deep: true },
    SecretHash: null,
    ClientMetadata: { kept: 'x', gone: null },
    UserAttributes: [{ Name: 'email', Value: null, More: 1 }],
  });
  assert.deepEqual(plain(input), {
    ClientId: 'a',
    Username: 'b',
    ClientMetadata: { kept: 'x' },
    UserAttributes: [{ Name: 'email' }],
  });
  assert.ok(!('SecretHash' in input));
  assert.deepEqual(plain(inputOf('DescribeUserPoolDomain', { Domain: 'a' })), { Domain: 'a' });
  assert.ok(decodeInput('GetCSVHeader', undefined).ok === false);
});

test('names of the prototype are data or nothing (security.md X01)', () => {
  const json: unknown = JSON.parse(
    `{"__proto__":{"Password":"injected"},"constructor":{"prototype":{"isAdmin":true}},"ClientId":"a","Username":"b",
      "ClientMetadata":{"__proto__":"x","constructor":"y","toString":"z"},
      "UserAttributes":[{"__proto__":{"Value":"injected"},"Name":"email"}]}`,
  );
  const input = inputOf('SignUp', json);
  assert.equal(Object.getPrototypeOf(input), null);
  assert.equal(Object.getPrototypeOf(input.ClientMetadata), null);
  assert.equal(Object.getPrototypeOf(input.UserAttributes?.[0]), null);
  assert.equal(input.Password, undefined);
  assert.equal(input.UserAttributes?.[0]?.Value, undefined);
  assert.deepEqual(Object.entries(input.ClientMetadata ?? {}), [
    ['constructor', 'y'],
    ['toString', 'z'],
  ]);
  assert.equal(({} as Record<string, unknown>)['isAdmin'], undefined);
});

test('a document is copied without prototypes, and is refused when it is too deep to be meant', () => {
  const branding = { UserPoolId: pool, ClientId: 'a' };
  const settings: unknown = JSON.parse('{"a":[1,null,{"b":"c","__proto__":{"d":1}}]}');
  const input = inputOf('CreateManagedLoginBranding', { ...branding, Settings: settings });
  assert.deepEqual(plain(input.Settings), { a: [1, null, { b: 'c' }] });
  assert.equal(Object.getPrototypeOf(input.Settings), null);
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  assert.deepEqual(decodeInput('CreateManagedLoginBranding', { ...branding, Settings: deep }), {
    ok: false,
    kind: 'serialization',
    message: 'Unexpected field type',
  });
});

test('deep and huge inputs end in an answer of bounded size', () => {
  const deep: unknown = JSON.parse(`${'{"ClientMetadata":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
  assert.equal(decodeInput('SignUp', deep).ok, false);
  assert.equal(decodeInput('SignUp', { Unknown: deep }).ok, false);
  const attributes = Array.from({ length: 100_000 }, () => ({ Name: '!'.repeat(40) }));
  const decoded = decodeInput('SignUp', {
    ClientId: 'a',
    Username: 'b',
    UserAttributes: attributes,
  });
  assert.ok(!decoded.ok);
  assert.match(decoded.message, /^10 validation errors detected: /);
  const long = decodeInput('DescribeUserPool', { UserPoolId: 'x'.repeat(1_000_000) });
  assert.ok(!long.ok && long.message.length < 2000);
});

test('every operation decodes an empty input without a fault', () => {
  for (const name of operationNames) {
    const decoded = decodeInput(name, {});
    assert.ok(decoded.ok || decoded.kind === 'constraint', name);
  }
});

test('lengths count characters, not UTF-16 units', () => {
  const name = '😀'.repeat(128);
  assert.ok(decodeInput('AdminGetUser', { UserPoolId: pool, Username: name }).ok);
  assert.ok(!decodeInput('AdminGetUser', { UserPoolId: pool, Username: `${name}a` }).ok);
});

test('a password may hold spaces or be blank, but not be spaces alone or too long (behaviour.md 5.2, 1.5)', () => {
  const accepts = (Password: string) =>
    decodeInput('SignUp', { ClientId: 'a', Username: 'b', Password }).ok;
  assert.ok(accepts('correct horse battery'));
  assert.ok(accepts(''));
  assert.ok(!accepts('   '));
  assert.ok(!accepts('a'.repeat(257)));
});

test('the input of an operation keeps its values', () => {
  const json = {
    UserPoolId: pool,
    ClientName: 'web',
    GenerateSecret: false,
    RefreshTokenValidity: 0,
    ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
    TokenValidityUnits: { AccessToken: 'minutes' },
  };
  assert.deepEqual(plain(inputOf('CreateUserPoolClient', json)), json);
});
