import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf, OperationName } from '@poolhouse/model';
import { Failure } from '../failure.ts';
import { openHarness } from '../testing/harness.ts';

const right = 'Right-1234';

/** A pool with users whose names have every length, some unconfirmed, and a client that hides them. */
async function open(t: TestContext, poolSettings: Partial<InputOf<'CreateUserPool'>> = {}) {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool(
    { AutoVerifiedAttributes: ['email'], ...poolSettings },
    { PreventUserExistenceErrors: 'ENABLED' },
  );
  let people = 0;
  const add = async (Username: string, confirmed = true) => {
    people += 1;
    const address = Username.includes('@') ? Username : `person${people}@example.com`;
    await harness.call('SignUp', {
      ClientId,
      Username,
      Password: right,
      UserAttributes: [{ Name: 'email', Value: address }],
    });
    if (confirmed) await harness.call('AdminConfirmSignUp', { UserPoolId, Username });
  };
  /** The answer's text, or the refusal's, as sent over the wire. */
  const wire = async <Name extends OperationName>(name: Name, input: InputOf<Name>) => {
    try {
      return JSON.stringify(await harness.call(name, input, { kind: 'anyone' }));
    } catch (error) {
      if (error instanceof Failure) return JSON.stringify([error.code, error.message]);
      throw error;
    }
  };
  return { harness, UserPoolId, ClientId, add, wire };
}

/** The text without its random parts, keeping their form and length; integers in hex may be a byte shorter by chance. */
const form = (text: string): string =>
  text
    .replaceAll(/"(SALT|SRP_B)":"[0-9a-f]+"/g, '"$1":"hex"')
    .replaceAll(
      /"SECRET_BLOCK":"([A-Za-z0-9+/=]+)"/g,
      (_, block: string) => `block ${block.length}`,
    );

test('the answers for users and decoys have the same form and the same length (security.md S09, B08)', async (t) => {
  const { ClientId, add, wire } = await open(t);
  // Pairs of names with the same length: the first is a user, the second a decoy.
  const pairs = [1, 2, 8, 31, 64, 127, 128].map((length) => [
    'u'.repeat(length),
    'n'.repeat(length),
  ]);
  for (const [user = ''] of pairs) await add(user);
  await add('fresh', false);
  const code = { ConfirmationCode: '000000' };
  const ways: readonly ((Username: string) => Promise<string>)[] = [
    (USERNAME) => wire('InitiateAuth', { ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME, SRP_A: 'abcdef' } }),
    (USERNAME) => wire('InitiateAuth', { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD: 'Wrong-1234' } }),
    (Username) => wire('ForgotPassword', { ClientId, Username }),
    (Username) => wire('ConfirmForgotPassword', { ClientId, Username, Password: right, ...code }),
    (Username) => wire('ResendConfirmationCode', { ClientId, Username }),
    (Username) => wire('ConfirmSignUp', { ClientId, Username, ...code }),
  ]; // prettier-ignore
  for (const [user = '', nobody = ''] of [...pairs, ['fresh', 'frosh']]) {
    for (const way of ways) {
      const [somebody, none] = [form(await way(user)), form(await way(nobody))];
      // An address is shown by its first letters, which do not follow from a decoy's name.
      const plain = (text: string, name: string) =>
        text.replaceAll(`"${name}"`, '"NAME"').replaceAll(/"Destination":"[^"]+"/g, 'destination');
      assert.equal(plain(none, nobody), plain(somebody, user));
    }
  }
});

test('a secret block has one size, whomever it is about and however long the name is', async (t) => {
  const sizes = new Set<number>();
  for (const settings of [
    {},
    { AliasAttributes: ['email' as const] },
    { UsernameAttributes: ['email' as const] },
    { UsernameConfiguration: { CaseSensitive: false } },
  ]) {
    const { ClientId, add, harness } = await open(t, settings);
    const names =
      'UsernameAttributes' in settings
        ? ['a@example.com', `${'long'.repeat(9)}@example.com`]
        : ['a', '\u{1F3CA}'.repeat(60), '"\\'.repeat(64), 'long'.repeat(32)];
    for (const name of names) await add(name);
    for (const USERNAME of [...names, 'nobody', 'x'.repeat(2_000), 'no@body.example']) {
      for (const SRP_A of ['1', 'f'.repeat(760)]) {
        const { ChallengeParameters } = await harness.call('InitiateAuth', {
          ClientId,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME, SRP_A },
        });
        sizes.add(ChallengeParameters?.['SECRET_BLOCK']?.length ?? 0);
      }
    }
  }
  assert.equal(sizes.size, 1, [...sizes].join());
});

test('a session has one size', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId } = await harness.makePool();
  const sizes = new Set<number>();
  for (const Username of ['a', 'b'.repeat(128)]) {
    const user = { UserPoolId, Username, MessageAction: 'SUPPRESS' as const };
    await harness.call('AdminCreateUser', { ...user, TemporaryPassword: right });
    const { Session } = await harness.call('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD: right },
    });
    sizes.add(Session?.length ?? 0);
  }
  assert.equal(sizes.size, 1, [...sizes].join());
});

test('if users are not hidden, an unconfirmed user is told before the password is checked (behaviour.md 6.1)', async (t) => {
  const { harness, UserPoolId, ClientId, add, wire } = await open(t);
  await add('fresh', false);
  const made = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'open',
    ExplicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    ],
  });
  const legacy = made.UserPoolClient?.ClientId ?? '';
  const unconfirmed = JSON.stringify(['UserNotConfirmedException', 'User is not confirmed.']);
  const incorrect = JSON.stringify(['NotAuthorizedException', 'Incorrect username or password.']);
  const byPassword = (client: string, PASSWORD: string) =>
    wire('InitiateAuth', {
      ClientId: client,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'fresh', PASSWORD },
    });
  const bySrp = (client: string) =>
    wire('InitiateAuth', {
      ClientId: client,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: 'fresh', SRP_A: 'abcdef' },
    });
  // More than would lock: no password was checked.
  for (let count = 0; count < 8; count += 1) {
    assert.equal(await byPassword(legacy, 'Wrong-1234'), unconfirmed);
  }
  assert.equal(await byPassword(legacy, right), unconfirmed);
  assert.equal(await bySrp(legacy), unconfirmed);
  await harness.refuses(
    'AdminInitiateAuth',
    {
      UserPoolId,
      ClientId: legacy,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'fresh', PASSWORD: 'Wrong-1234' },
    },
    'UserNotConfirmedException',
  );
  assert.equal(await byPassword(ClientId, 'Wrong-1234'), incorrect);
  assert.match(await bySrp(ClientId), /PASSWORD_VERIFIER/);
  assert.equal(await byPassword(ClientId, right), unconfirmed);
});
