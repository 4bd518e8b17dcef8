import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInput, type OperationName } from '@poolhouse/model';
import {
  isCustomAttributeName,
  isGroupName,
  isInRange,
  isResourceName,
  isResourceServerIdentifier,
  isResourceServerName,
  isScopeName,
  isUsername,
  ranges,
} from '@poolhouse/rules';

/** The rules for forms repeat these of the API's constraints, because a browser does not have the model. */
const passes = (operation: OperationName, input: object) =>
  decodeInput(operation, { UserPoolId: 'local_a', ...input }).ok;

const client = { ClientId: 'c' };
const rotation = (RetryGracePeriodSeconds: number) => ({
  ...client,
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds },
});
const policy = (PasswordPolicy: object) => ({ Policies: { PasswordPolicy } });
const resourceServer = (given: object) =>
  passes('CreateResourceServer', { Identifier: 'a', Name: 'a', ...given });
const group = (GroupName: string) => passes('GetGroup', { GroupName });

const inTheApi: Readonly<Record<keyof typeof ranges, (number: number) => boolean>> = {
  minimumPasswordLength: (MinimumLength) => passes('UpdateUserPool', policy({ MinimumLength })),
  passwordHistorySize: (PasswordHistorySize) =>
    passes('UpdateUserPool', policy({ PasswordHistorySize })),
  sessionMinutes: (AuthSessionValidity) =>
    passes('UpdateUserPoolClient', { ...client, AuthSessionValidity }),
  retryGraceSeconds: (seconds) => passes('UpdateUserPoolClient', rotation(seconds)),
  redirectUrls: (length) =>
    passes('UpdateUserPoolClient', {
      ...client,
      CallbackURLs: Array.from({ length: Math.max(0, length) }, (_, at) => `https://a.test/${at}`),
    }),
  groupPrecedence: (Precedence) => passes('CreateGroup', { GroupName: 'g', Precedence }),
};

for (const [name, holds] of Object.entries(inTheApi) as [
  keyof typeof ranges,
  (n: number) => boolean,
][]) {
  test(`the API accepts the numbers that forms accept: ${name}`, () => {
    const [least, greatest] = ranges[name];
    // A list cannot have fewer members than none.
    const below = name === 'redirectUrls' ? [] : [least - 1];
    for (const number of [...below, least, least + 1, greatest, greatest + 1]) {
      assert.equal(isInRange(number, ranges[name]), holds(number), String(number));
    }
  });
}

test('the API accepts the names that forms accept', () => {
  const names = ['', 'a', 'Größe', 'a b', 'a\tb', 'a+b=c,d.e@f-g_h', 'a/b', '\u200b', '😀', 'é'];
  const long = [20, 21, 64, 65, 128, 129, 256, 257].flatMap((length) => [
    'x'.repeat(length),
    '😀'.repeat(length),
  ]);
  const inTheApiToo: readonly (readonly [(name: string) => boolean, (name: string) => boolean])[] =
    [
      [isGroupName, group],
      [isUsername, (Username) => passes('AdminGetUser', { Username })],
      [isResourceName, (PoolName) => passes('CreateUserPool', { PoolName })],
      [isResourceName, (ClientName) => passes('CreateUserPoolClient', { ClientName })],
      [isResourceServerName, (Name) => resourceServer({ Name })],
      [isResourceServerIdentifier, (Identifier) => resourceServer({ Identifier })],
      [
        isScopeName,
        (ScopeName) => resourceServer({ Scopes: [{ ScopeName, ScopeDescription: 'x' }] }),
      ],
      [
        isCustomAttributeName,
        (Name) =>
          passes('AddCustomAttributes', {
            CustomAttributes: [{ Name, AttributeDataType: 'String' }],
          }),
      ],
    ];
  for (const [isName, holds] of inTheApiToo) {
    for (const name of [...names, ...long]) assert.equal(isName(name), holds(name), name);
  }
});
