import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { custom, everything, tutorial } from '../testing/drafts.ts';
import { ADVISED } from './choices.ts';
import { cliCommand } from './cli-command.ts';
import { commandsOf, runnable } from './commands.ts';
import { Draft } from './draft.ts';

test('the pool of the tutorial', () => {
  assert.deepEqual(tutorial.toCreateUserPool(), {
    PoolName: 'tutorial',
    DeletionProtection: 'ACTIVE',
    AliasAttributes: ['email', 'preferred_username'],
    UsernameConfiguration: { CaseSensitive: false },
    Schema: [{ Name: 'email', Required: true, Mutable: true }],
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireUppercase: true,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        TemporaryPasswordValidityDays: 7,
      },
    },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  });
});

test('what is advised for an app client: rotation, alike answers, no custom attribute to write', () => {
  const client = tutorial
    .with({ custom: [{ name: 'role', type: 'String', min: '', max: '', mutable: true }] })
    .toCreateUserPoolClient('local_abc');
  assert.equal(client?.PreventUserExistenceErrors, 'ENABLED');
  assert.deepEqual(client?.RefreshTokenRotation, {
    Feature: 'ENABLED',
    RetryGracePeriodSeconds: 60,
  });
  assert.deepEqual(client?.ExplicitAuthFlows, ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH']);
  assert.equal(client?.GenerateSecret, false);
  assert.ok(client?.WriteAttributes?.includes('email'));
  assert.ok(client?.WriteAttributes?.every((name) => !name.startsWith('custom:')));
  const withSecret = tutorial.with({ secret: true }).toCreateUserPoolClient('local_abc');
  assert.equal(withSecret?.RefreshTokenRotation, undefined);
  assert.ok(withSecret?.ExplicitAuthFlows?.includes('ALLOW_REFRESH_TOKEN_AUTH'));
  assert.equal(tutorial.with({ withClient: false }).toCreateUserPoolClient('local_abc'), undefined);
});

test('second factors are set up by a request of their own', () => {
  assert.equal(tutorial.toSetUserPoolMfaConfig('local_abc'), undefined);
  assert.equal(tutorial.toCreateUserPool().MfaConfiguration, undefined);
  const required = tutorial.with({ mfa: 'required' });
  assert.deepEqual(required.toSetUserPoolMfaConfig('local_abc'), {
    UserPoolId: 'local_abc',
    MfaConfiguration: 'ON',
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const sent = tutorial.with({ mfa: 'optional', factors: ['sms', 'email'], smsRole: 'arn:x' });
  assert.deepEqual(sent.toSetUserPoolMfaConfig('local_abc'), {
    UserPoolId: 'local_abc',
    MfaConfiguration: 'OPTIONAL',
    SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:x' } },
    EmailMfaConfiguration: {},
  });
  const target = { endpoint: 'http://localhost:8400', region: 'local', poolId: 'local_abc' };
  assert.match(commandsOf(required, target).text, /\n\naws cognito-idp set-user-pool-mfa-config/);
  assert.doesNotMatch(commandsOf(tutorial, target).text, /mfa/);
});

test('the return URL is the callback that people are led to by default', () => {
  const clientOf = (returnUrl: string) =>
    tutorial.with({ returnUrl }).toCreateUserPoolClient('local_abc');
  const led = clientOf('http://localhost:8401');
  assert.deepEqual(led?.CallbackURLs, ['http://localhost:8401']);
  assert.equal(led.DefaultRedirectURI, 'http://localhost:8401');
  assert.ok(!('CallbackURLs' in (clientOf('') ?? {})));
});

test('choices follow from others', () => {
  const byPhone = tutorial.with({ signInWith: 'phone' });
  assert.deepEqual(byPhone.choices.verify, ['phone_number']);
  assert.equal(byPhone.choices.verifyBy, 'code', 'links go out by email');
  assert.equal(byPhone.choices.recovery, 'phone');
  assert.deepEqual(byPhone.choices.required, [], 'what is the name is required by itself');
  assert.equal(byPhone.toCreateUserPool().AliasAttributes, undefined);
  assert.deepEqual(byPhone.toCreateUserPool().UsernameAttributes, ['phone_number']);
  assert.deepEqual(byPhone.with({ signInWith: 'username' }).choices.required, ['email']);
  assert.equal(tutorial.choices.clientName, 'tutorial-web');
  assert.equal(
    tutorial.with({ clientName: 'mine' }).with({ name: 'x' }).choices.clientName,
    'mine',
  );
  assert.equal(tutorial.with({ verify: [] }).choices.recovery, 'admin');
});

test('an attribute that is gone is neither read nor written', () => {
  const client = everything.toCreateUserPoolClient('local_abc');
  assert.deepEqual(client?.ReadAttributes, ['email', 'custom:plan']);
});

test('limits are sent only for types that have them', () => {
  const [, , plan, age, member] = everything.toCreateUserPool().Schema ?? [];
  assert.deepEqual(plan?.StringAttributeConstraints, { MinLength: '1', MaxLength: '20' });
  assert.deepEqual(age?.NumberAttributeConstraints, { MinValue: '5' });
  assert.equal(age?.Mutable, false);
  assert.deepEqual(Object.keys(member ?? {}).sort(), ['AttributeDataType', 'Mutable', 'Name']);
});

test('a draft is the same after a reload, and what is no draft is a new one', () => {
  const again = Draft.fromJSON(JSON.parse(JSON.stringify(everything)));
  assert.deepEqual(again.toCreateUserPool(), everything.toCreateUserPool());
  assert.deepEqual(again.toCreateUserPoolClient('p'), everything.toCreateUserPoolClient('p'));
  for (const kept of [null, 'x', 7, [], { name: 7, texts: null, custom: {}, more: 1 }]) {
    assert.deepEqual(Draft.fromJSON(kept).choices, ADVISED);
  }
});

for (const [name, draft] of Object.entries({ tutorial, everything })) {
  test(`the command line says what is sent: ${name}`, () => {
    const pool = draft.toCreateUserPool();
    const target = { endpoint: 'http://localhost:8400', region: 'local' };
    assert.deepEqual(said(cliCommand('create-user-pool', pool, target), 'create-user-pool'), pool);
    const mfa = draft.with({ mfa: 'optional' }).toSetUserPoolMfaConfig('local_abc') ?? {};
    const command = cliCommand('set-user-pool-mfa-config', mfa, target);
    assert.deepEqual(said(command, 'set-user-pool-mfa-config'), mfa);
    const client = draft.toCreateUserPoolClient('local_abc');
    assert.ok(client);
    assert.deepEqual(
      said(cliCommand('create-user-pool-client', client), 'create-user-pool-client'),
      client,
    );
  });
}

test('the command beside a draft that is not finished can run', () => {
  const draft = runnable(new Draft().with({ custom: [custom({ name: '' }), custom({})] }));
  const command = cliCommand('create-user-pool', draft.toCreateUserPool());
  assert.doesNotMatch(command, /''|"Name":""/);
  assert.match(command, /--pool-name my-pool/);
  assert.match(command, /"Name":"plan"/);
  const client = draft.toCreateUserPoolClient('$POOL_ID') ?? {};
  assert.match(cliCommand('create-user-pool-client', client), /--client-name my-application/);
});

/** What a shell would hand to the CLI, as the CLI would understand it. */
function said(command: string, name: string): unknown {
  const script = `aws() { printf '%s\\0' "$@"; }\n${command}`;
  const { stdout, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  assert.equal(status, 0);
  const [service, operation, ...words] = stdout.split('\0').slice(0, -1);
  assert.deepEqual([service, operation], ['cognito-idp', name]);
  const input: Record<string, unknown> = {};
  while (words.length > 0) {
    const option = (words.shift() ?? '').replace(/^--/, '');
    const values: string[] = [];
    while (words[0] !== undefined && !words[0].startsWith('--')) values.push(words.shift() ?? '');
    if (option === 'endpoint-url' || option === 'region') continue;
    const member = option
      .replace(/^no-(?=generate)/, '')
      .replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())
      .replace(/Url(?=s$)|Uri$/, (word) => word.toUpperCase());
    input[member] = valueOf(member, values, option);
  }
  return input;
}

const LISTS = /Attributes$|Flows$|URLs$/;

function valueOf(member: string, values: readonly string[], option: string): unknown {
  const [first = ''] = values;
  if (values.length === 0) return !option.startsWith('no-');
  if (LISTS.test(member)) return values;
  if (/^[{[]/.test(first)) return JSON.parse(first);
  return /Validity$/.test(member) ? Number(first) : first;
}
