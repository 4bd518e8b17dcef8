import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import type { UserPoolClientType, UserPoolType } from '@poolhouse/model';
import { configurationsOf, type Configuration } from './configurations.ts';

const endpoint = 'https://id.example.com';
const pool: UserPoolType = {
  Id: 'eu-west-1_aB3dE5fG7',
  Policies: {
    PasswordPolicy: {
      MinimumLength: 15,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
    },
  },
  AliasAttributes: ['email'],
  SchemaAttributes: [
    { Name: 'sub', Required: true },
    { Name: 'email', Required: true },
  ],
  VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
};
const client: UserPoolClientType = {
  ClientId: '1h57kf5cpq17m0eml12EXAMPLE',
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
};

const of = (
  id: Configuration['id'],
  poolOver: Partial<UserPoolType> = {},
  clientOver: Partial<UserPoolClientType> = {},
): Configuration => {
  const facts = { pool: { ...pool, ...poolOver }, client: { ...client, ...clientOver }, endpoint };
  return configurationsOf(facts).find((one) => one.id === id) ?? assert.fail(`no ${id}`);
};

test('each configuration names the pool, the client and the server', () => {
  const all = configurationsOf({ pool, client, endpoint });
  assert.deepEqual(
    all.map(({ title }) => title),
    ['Angular', 'Starter', 'Amplify', 'Express', 'AWS SDK', 'AWS CLI'],
  );
  for (const { id, text } of all) {
    assert(text.includes(pool.Id ?? ''), id);
    assert(text.includes(endpoint), id);
    if (id !== 'sdk') assert(text.includes(client.ClientId ?? ''), id);
  }
});

test('a client with a secret is not offered to browsers, and no configuration names the secret', () => {
  const secret = { ...client, ClientSecret: 'a-secret-text' };
  const all = configurationsOf({ pool, client: secret, endpoint });
  assert.deepEqual(
    all.map(({ id }) => id),
    ['express', 'sdk', 'cli'],
  );
  assert.doesNotMatch(JSON.stringify(all), /a-secret-text/);
});

test('the Angular kit is told what a browser cannot ask the pool for, and no more', () => {
  const { text } = of('angular');
  for (const line of [
    `userPoolId: 'eu-west-1_aB3dE5fG7',`,
    `signInNames: ['username', 'email'],`,
    'passwordPolicy: { minimumLength: 15, requireLowercase: false, requireUppercase: false, requireNumbers: false, requireSymbols: false },',
    `signUpVerification: 'link',`,
  ]) {
    assert(text.includes(line), line);
  }
  for (const word of ['signUp:', 'signInFlow']) assert(!text.includes(word), word);
});

const cases: readonly (readonly [
  string,
  Partial<UserPoolType>,
  Partial<UserPoolClientType>,
  RegExp,
  RegExp?,
])[] = [
  [
    'Cognito’s own rules',
    { Policies: { PasswordPolicy: { MinimumLength: 8, RequireSymbols: true } } },
    {},
    /passwordPolicy: \{ minimumLength: 8 \},/,
  ],
  ['a code', { VerificationMessageTemplate: {} }, {}, /signInNames/, /signUpVerification/],
  ['no SRP', {}, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }, /signInFlow: 'password',/],
  [
    'accounts made by administrators',
    { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    {},
    /signUp: \{ open: false \},/,
  ],
  [
    'required attributes',
    {
      SchemaAttributes: [
        { Name: 'given_name', Required: true },
        { Name: 'email', Required: true },
      ],
    },
    {},
    /signUp: \{ attributes: \['given_name', 'email'\] \},/,
  ],
  [
    'the address as the name',
    { AliasAttributes: undefined, UsernameAttributes: ['email'] },
    {},
    /signInNames: \['email'\],/,
    /signUp:/,
  ],
  [
    'the number as the name',
    {
      AliasAttributes: undefined,
      UsernameAttributes: ['phone_number'],
      SchemaAttributes: [{ Name: 'phone_number', Required: true }],
    },
    {},
    /signUp: \{ attributes: \[\] \},/,
  ],
];
for (const [name, poolOver, clientOver, there, notThere] of cases) {
  test(`the Angular kit is configured for: ${name}`, () => {
    const { text } = of('angular', poolOver, clientOver);
    assert.match(text, there);
    if (notThere) assert.doesNotMatch(text, notThere);
  });
}

test('the starter takes its configuration as a file, or by the command', () => {
  const { text, note } = of('starter');
  assert.deepEqual(JSON.parse(text), {
    region: 'eu-west-1',
    userPoolId: pool.Id,
    clientId: client.ClientId,
    endpoint,
    passwordPolicy: {
      minimumLength: 15,
      requireLowercase: false,
      requireUppercase: false,
      requireNumbers: false,
      requireSymbols: false,
    },
  });
  assert.equal(
    note,
    'Or, without a file: npm start -- --pool eu-west-1_aB3dE5fG7 --client 1h57kf5cpq17m0eml12EXAMPLE',
  );
});

test('each configuration in TypeScript compiles', (t) => {
  const root = join(import.meta.dirname, '../../../../..');
  // In the repository, so that the packages are found as an application finds them.
  const folder = mkdtempSync(join(root, 'e2e/clients/.configurations-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const variants: readonly (readonly [Partial<UserPoolType>, Partial<UserPoolClientType>])[] = [
    [{}, {}],
    ...cases.map(([, poolOver, clientOver]) => [poolOver, clientOver] as const),
  ];
  const files = variants.flatMap(([poolOver, clientOver], number) =>
    (['angular', 'amplify', 'express', 'sdk'] as const)
      // The others do not depend on the settings.
      .filter((id) => id === 'angular' || number === 0)
      .map((id) => {
        const file = join(folder, `${id}-${number}.ts`);
        writeFileSync(file, `${of(id, poolOver, clientOver).text}\nexport {};\n`);
        return file;
      }),
  );
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    customConditions: ['poolhouse-source'],
    allowImportingTsExtensions: true,
    experimentalDecorators: true,
    exactOptionalPropertyTypes: true,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file?.fileName.startsWith(folder) === true)
    .map(({ messageText, file }) => [
      file?.fileName,
      ts.flattenDiagnosticMessageText(messageText, '\n'),
    ]);
  assert.deepEqual(problems, []);
});
