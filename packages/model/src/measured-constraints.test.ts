import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInput } from './decode-input.ts';
import type { OperationName } from './operations.ts';

/* Whole messages as the live service sends them, or as follows from one that it sent. Source: settings.md 1, 2.1. */

const pool = 'eu-west-1_aB3';
const pattern = 'Member must satisfy regular expression pattern: ';
const name = '[\\w\\s+=,.@-]+';
const mail = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*';
const newPool = (given: object) => ({ PoolName: 'a', ...given });
const newClient = (given: object) => ({ UserPoolId: pool, ClientName: 'a', ...given });
const custom = (count: number, prefix = 'a') =>
  Array.from({ length: count }, (_, index) => ({
    Name: `${prefix}${index}`,
    AttributeDataType: 'String',
  }));

/** Value, path and rule of each violation, in order. */
type Violation = readonly [value: string, path: string, rule: string];
const cases: readonly (readonly [
  what: string,
  operation: OperationName,
  json: object,
  ...violations: Violation[],
])[] = [
  [
    'characters outside ASCII are question marks, and no letters to the service',
    'CreateUserPool',
    { PoolName: 'ユーザー' },
    [" '????'", 'poolName', pattern + name],
  ],
  [
    'a character of two halves is one question mark, at app clients too',
    'CreateUserPoolClient',
    newClient({ ClientName: 'café 😀' }),
    [" 'caf? ?'", 'clientName', pattern + name],
  ],
  [
    'a space outside ASCII is none',
    'UpdateUserPoolClient',
    { UserPoolId: pool, ClientId: 'a', ClientName: 'a\u00a0b' },
    [" 'a?b'", 'clientName', pattern + name],
  ],
  [
    'a list of enums names the list and nests the rule',
    'CreateUserPool',
    newPool({ AutoVerifiedAttributes: ['given_name'] }),
    [
      " '[given_name]'",
      'autoVerifiedAttributes',
      'Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email]]',
    ],
  ],
  [
    'the whole list is printed, what is right in it too',
    'UpdateUserPool',
    {
      UserPoolId: pool,
      UserAttributeUpdateSettings: {
        AttributesRequireVerificationBeforeUpdate: ['email', 'address'],
      },
    },
    [
      " '[email, address]'",
      'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate',
      'Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email]]',
    ],
  ],
  [
    'flows of an app client in the order of the service',
    'CreateUserPoolClient',
    newClient({ ExplicitAuthFlows: ['ADMIN_USER_PASSWORD_AUTH'] }),
    [
      " '[ADMIN_USER_PASSWORD_AUTH]'",
      'explicitAuthFlows',
      'Member must satisfy constraint: [Member must satisfy enum value set: [ALLOW_CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, ' +
        'ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_PASSWORD_AUTH, ALLOW_USER_SRP_AUTH, CUSTOM_AUTH_FLOW_ONLY, ' +
        'USER_PASSWORD_AUTH, ALLOW_ADMIN_USER_PASSWORD_AUTH, ALLOW_USER_AUTH]]',
    ],
  ],
  [
    'OAuth flows in the order of the service',
    'CreateUserPoolClient',
    newClient({ AllowedOAuthFlows: ['code', 'token'] }),
    [
      " '[code, token]'",
      'allowedOAuthFlows',
      'Member must satisfy constraint: [Member must satisfy enum value set: [implicit, client_credentials, code]]',
    ],
  ],
  [
    'a list of structures is printed as Java prints objects',
    'CreateUserPool',
    newPool({
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: 'verified_email' },
          { Name: 'verified_phone_number', Priority: 2 },
          { Name: 'admin_only', Priority: 1 },
        ],
      },
    }),
    [
      " '[RecoveryOptionType(priority=1, name=verified_email), RecoveryOptionType(priority=2, name=verified_phone_number), " +
        "RecoveryOptionType(priority=1, name=admin_only)]'",
      'accountRecoverySetting.recoveryMechanisms',
      'Member must have length less than or equal to 2',
    ],
  ],
  [
    'members of a printed structure that were not given are null, structures inside it are printed alike',
    'AddCustomAttributes',
    {
      UserPoolId: pool,
      CustomAttributes: [
        { Name: 'é', StringAttributeConstraints: { MaxLength: '5' } },
        ...custom(25),
      ],
    },
    [
      ` '${`[SchemaAttributeType(name=é, attributeDataType=null, developerOnlyAttribute=null, mutable=null, required=null, numberAttributeConstraints=null, stringAttributeConstraints=StringAttributeConstraintsType(minLength=null, maxLength=5)), ${custom(
        25,
      )
        .map(
          ({ Name }) =>
            `SchemaAttributeType(name=${Name}, attributeDataType=String, developerOnlyAttribute=null, mutable=null, required=null, numberAttributeConstraints=null, stringAttributeConstraints=null)`,
        )
        .join(', ')}`
        .slice(0, 1024)
        .replace('é', '?')}...'`,
      'customAttributes',
      'Member must have length less than or equal to 25',
    ],
  ],
  [
    'items are counted from 1',
    'CreateUserPool',
    newPool({ Schema: [...custom(1), { Name: 'a'.repeat(21), AttributeDataType: 'String' }] }),
    [
      ` '${'a'.repeat(21)}'`,
      'schema.2.member.name',
      'Member must have length less than or equal to 20',
    ],
  ],
  [
    'an invitation carries the password; its path is the service’s own',
    'CreateUserPool',
    newPool({
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: 'Welcome {username}' } },
    }),
    [" 'Welcome {username}'", 'adminCreateUserConfig.inviteMessage.emailMessage', pattern + mail],
  ],
  [
    'so does one by SMS, when a pool changes too',
    'UpdateUserPool',
    {
      UserPoolId: pool,
      AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: 'Hi {username}' } },
    },
    [
      " 'Hi {username}'",
      'adminCreateUserConfig.inviteMessage.smsMessage',
      `${pattern}(?s).*\\{####\\}.*`,
    ],
  ],
  [
    'a link has a text to show',
    'CreateUserPool',
    newPool({ VerificationMessageTemplate: { EmailMessageByLink: 'press here' } }),
    [
      " 'press here'",
      'verificationMessageTemplate.emailMessageByLink',
      `${pattern}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{##[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*##\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*`,
    ],
  ],
  [
    'several violations are counted and joined, in the order of the members',
    'CreateUserPool',
    {
      PoolName: 'a!',
      Policies: { PasswordPolicy: { MinimumLength: 5, TemporaryPasswordValidityDays: 366 } },
      MfaConfiguration: 'MAYBE',
      EmailConfiguration: { ReplyToEmailAddress: 'nobody' },
    },
    [" 'a!'", 'poolName', pattern + name],
    [
      " '5'",
      'policies.passwordPolicy.minimumLength',
      'Member must have value greater than or equal to 6',
    ],
    [
      " '366'",
      'policies.passwordPolicy.temporaryPasswordValidityDays',
      'Member must have value less than or equal to 365',
    ],
    [" 'MAYBE'", 'mfaConfiguration', 'Member must satisfy enum value set: [OPTIONAL, OFF, ON]'],
    [
      " 'nobody'",
      'emailConfiguration.replyToEmailAddress',
      `${pattern}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+`,
    ],
  ],
  [
    'the same for one text that breaks two rules, without a value where it is secret',
    'SignUp',
    { ClientId: 'a', Username: '' },
    ['', 'username', 'Member must have length greater than or equal to 1'],
    ['', 'username', `${pattern}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+`],
  ],
];

for (const [what, operation, json, ...violations] of cases) {
  test(`as measured: ${what}`, () => {
    const head =
      violations.length === 1
        ? '1 validation error detected: '
        : `${violations.length} validation errors detected: `;
    const each = violations.map(
      ([value, path, rule]) => `Value${value} at '${path}' failed to satisfy constraint: ${rule}`,
    );
    assert.deepEqual(decodeInput(operation, json), {
      ok: false,
      kind: 'constraint',
      message: head + each.join('; '),
    });
  });
}

test('a schema holds 50 attributes beside the standard ones, which count for nothing', () => {
  const standard = ['email', 'name', 'phone_number', 'updated_at'].map((Name) => ({ Name }));
  const accepts = (Schema: readonly object[]) =>
    decodeInput('CreateUserPool', newPool({ Schema })).ok;
  assert.ok(accepts([...standard, ...custom(50)]));
  assert.ok(accepts(standard));
  const decoded = decodeInput('CreateUserPool', newPool({ Schema: [...standard, ...custom(51)] }));
  assert.ok(!decoded.ok);
  assert.match(
    decoded.message,
    /^1 validation error detected: Value '\[SchemaAttributeType\(name=email, .*\.\.\.' at 'schema' failed to satisfy constraint: Member must have length less than or equal to 50$/,
  );
  assert.equal(accepts([]), false);
});

test('invitations may be of several lines and need no user name', () => {
  const template = { EmailMessage: 'Welcome\n{####}', SMSMessage: 'Hi\n{####}' };
  assert.ok(
    decodeInput(
      'CreateUserPool',
      newPool({ AdminCreateUserConfig: { InviteMessageTemplate: template } }),
    ).ok,
  );
});
