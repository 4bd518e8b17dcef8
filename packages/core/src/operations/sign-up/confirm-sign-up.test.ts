import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmByLink } from '../../codes/confirm-by-link.ts';
import { serverContext } from '../../execute.ts';
import type { Failure } from '../../failure.ts';
import { PoolGoneError } from '../../ports/stores/index.ts';
import { openHarness, type Harness } from '../../testing/harness.ts';

const Password = 'Correct-horse-9';
const HOUR_MS = 3_600_000;
const email = (Value: string) => ({ Name: 'email', Value });
const mismatch = [
  'CodeMismatchException',
  'Invalid verification code provided, please try again.',
] as const;
const expired = [
  'ExpiredCodeException',
  'Invalid code provided, please request a code again.',
] as const;

/** Another code than the sent one. */
const notThe = (code: string) => (code === '000000' ? '000001' : '000000');

async function signedUp(
  harness: Harness,
  pool: Parameters<Harness['makePool']>[0] = {},
  client: Parameters<Harness['makePool']>[1] = {},
) {
  const made = await harness.makePool({ AutoVerifiedAttributes: ['email'], ...pool }, client);
  const { ClientId } = made;
  const add = async (Username: string, address = `${Username}@example.com`) => {
    // The newest message is known by its millisecond.
    harness.advance(1);
    const UserAttributes = [email(address)];
    await harness.call('SignUp', { ClientId, Username, Password, UserAttributes });
    return harness.code(address);
  };
  const user = (name: string) =>
    harness.storage.stores.users.byName(made.UserPoolId as never, name);
  return { ...made, add, user };
}

test('the code confirms the user and proves the address, once', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, add, user } = await signedUp(harness);
  const ConfirmationCode = await add('ada');
  const input = { ClientId, Username: 'ada', ConfirmationCode };
  const wrong = { ...input, ConfirmationCode: notThe(ConfirmationCode) };
  await harness.refuses('ConfirmSignUp', wrong, ...mismatch);
  harness.advance(5);
  assert.deepEqual(await harness.call('ConfirmSignUp', input), {});
  const confirmed = await user('ada');
  assert.equal(confirmed?.status, 'CONFIRMED');
  assert.equal(confirmed?.attributes['email_verified'], 'true');
  assert.equal(confirmed?.modifiedAtMs, harness.world.clock.nowMs());
  await harness.refuses(
    'ConfirmSignUp',
    wrong,
    'NotAuthorizedException',
    'User cannot be confirmed. Current status is CONFIRMED',
  );
});

test('only the medium that received the code is verified', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, user } = await signedUp(harness, {
    AutoVerifiedAttributes: ['email', 'phone_number'],
  });
  const UserAttributes = [
    email('ada@example.com'),
    { Name: 'phone_number', Value: '+31612345678' },
  ];
  await harness.call('SignUp', { ClientId, Username: 'ada', Password, UserAttributes });
  const ConfirmationCode = await harness.code('+31612345678');
  await harness.call('ConfirmSignUp', { ClientId, Username: 'ada', ConfirmationCode });
  assert.deepEqual((await user('ada'))?.attributes, {
    email: 'ada@example.com',
    phone_number: '+31612345678',
    email_verified: 'false',
    phone_number_verified: 'true',
  });
});

test('a code lives 24 hours, dies with the fifth wrong attempt, and with a newer one (B01, B02)', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, add } = await signedUp(harness);
  const confirm = (Username: string, ConfirmationCode: string) => ({
    ClientId,
    Username,
    ConfirmationCode,
  });
  const late = await add('late');
  const onTime = await add('on-time'); // 1 ms later
  const guessed = await add('guessed');
  const former = await add('renewed');
  harness.advance(1);
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await harness.refuses('ConfirmSignUp', confirm('guessed', notThe(guessed)), ...mismatch);
  }
  await harness.refuses('ConfirmSignUp', confirm('guessed', guessed), ...expired);
  await harness.call('ResendConfirmationCode', { ClientId, Username: 'renewed' });
  const newer = await harness.code('renewed@example.com');
  if (newer !== former) {
    await harness.refuses('ConfirmSignUp', confirm('renewed', former), ...mismatch);
  }
  await harness.call('ConfirmSignUp', confirm('renewed', newer));
  harness.advance(24 * HOUR_MS - 4);
  await harness.call('ConfirmSignUp', confirm('on-time', onTime));
  await harness.refuses('ConfirmSignUp', confirm('late', late), ...expired);
});

test('a code is good for its user, client and purpose only (B03, B04)', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId, ClientId, add, user } = await signedUp(harness);
  const other = await signedUp(harness);
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'second',
  });
  const second = UserPoolClient?.ClientId ?? '';
  const ConfirmationCode = await add('ada');
  const foreign = await other.add('ada', 'other@example.com');
  if (foreign !== ConfirmationCode) {
    const input = { ClientId, Username: 'ada', ConfirmationCode: foreign };
    await harness.refuses('ConfirmSignUp', input, ...mismatch);
  }
  const elsewhere = { ClientId: second, Username: 'ada', ConfirmationCode };
  await harness.refuses('ConfirmSignUp', elsewhere, ...mismatch);
  const bob = await add('bob');
  if (bob !== ConfirmationCode) {
    const input = { ClientId, Username: 'ada', ConfirmationCode: bob };
    await harness.refuses('ConfirmSignUp', input, ...mismatch);
  }
  await harness.refuses(
    'ConfirmForgotPassword',
    { ClientId, Username: 'ada', ConfirmationCode, Password: 'Another-horse-9' },
    'ExpiredCodeException',
  );
  assert.equal((await user('ada'))?.status, 'UNCONFIRMED');
  await harness.call('ConfirmSignUp', { ClientId, Username: 'ada', ConfirmationCode });
});

test('a code proves the address that it was sent to, not one written there since', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, UserPoolId, add, user } = await signedUp(harness);
  const ConfirmationCode = await add('ada');
  const found = await user('ada');
  assert(found);
  await harness.storage.stores.users.change(
    { poolId: UserPoolId as never, sub: found.sub },
    (current) => ({
      ...current,
      attributes: { ...current.attributes, email: 'victim@example.com' },
    }),
  );
  const input = { ClientId, Username: 'ada', ConfirmationCode };
  await harness.refuses('ConfirmSignUp', input, ...mismatch);
  assert.equal((await user('ada'))?.attributes['email_verified'], 'false');
});

test('an alias has one holder; only a proved address moves it, and only by force (A09)', async (t) => {
  const harness = await openHarness(t);
  const pool = { AliasAttributes: ['email' as const] };
  const { ClientId, add, user } = await signedUp(harness, pool);
  const address = 'shared@example.com';
  const first = await add('ada', address);
  await harness.call('ConfirmSignUp', { ClientId, Username: 'ada', ConfirmationCode: first });
  const ConfirmationCode = await add('eve', address);
  const input = { ClientId, Username: 'eve', ConfirmationCode };
  await harness.refuses(
    'ConfirmSignUp',
    { ...input, ConfirmationCode: notThe(ConfirmationCode), ForceAliasCreation: true },
    ...mismatch,
  );
  assert.equal((await user(address))?.username, 'ada');
  const taken = 'An account with the email already exists.';
  await harness.refuses('ConfirmSignUp', input, 'AliasExistsException', taken);
  await harness.refuses(
    'ConfirmSignUp',
    { ...input, ForceAliasCreation: false },
    'AliasExistsException',
    taken,
  );
  assert.equal((await user('eve'))?.status, 'UNCONFIRMED');
  await harness.call('ConfirmSignUp', { ...input, ForceAliasCreation: true });
  assert.equal((await user(address))?.username, 'eve');
  const former = await user('ada');
  assert.equal(former?.attributes['email'], address);
  assert.equal(former.attributes['email_verified'], 'false');
  assert.equal(former.status, 'CONFIRMED');
});

test('two confirmations at once: one succeeds (B15)', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, add } = await signedUp(harness);
  const ConfirmationCode = await add('ada');
  const input = { ClientId, Username: 'ada', ConfirmationCode };
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () =>
      harness.call('ConfirmSignUp', input).then(
        () => 'confirmed',
        (error: unknown) => (error as Failure).code,
      ),
    ),
  );
  assert.equal(outcomes.filter((outcome) => outcome === 'confirmed').length, 1);
  for (const outcome of outcomes) {
    assert.match(outcome, /^(confirmed|ExpiredCodeException|NotAuthorizedException)$/);
  }
});

test('fifteen tries an hour, for names that exist and names that do not', async (t) => {
  const harness = await openHarness(t);
  for (const PreventUserExistenceErrors of ['LEGACY', 'ENABLED'] as const) {
    const { ClientId, add } = await signedUp(harness, {}, { PreventUserExistenceErrors });
    const code = await add('ada', `${PreventUserExistenceErrors}@example.com`);
    for (const Username of ['ada', 'nobody']) {
      const input = { ClientId, Username, ConfirmationCode: notThe(code) };
      for (let attempt = 1; attempt <= 15; attempt += 1) {
        await assert.rejects(
          harness.call('ConfirmSignUp', input),
          (error: Failure) => error.code !== 'LimitExceededException',
        );
      }
      await harness.refuses(
        'ConfirmSignUp',
        { ...input, ConfirmationCode: code },
        'LimitExceededException',
        'Attempt limit exceeded, please try after some time.',
      );
    }
    harness.advance(HOUR_MS);
    const input = { ClientId, Username: 'ada', ConfirmationCode: code };
    await harness.refuses('ConfirmSignUp', input, ...expired);
  }
});

test('who cannot be confirmed is told why by LEGACY clients; clients that hide users tell nothing', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, UserPoolId, add, user } = await signedUp(harness);
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'hiding',
    PreventUserExistenceErrors: 'ENABLED',
  });
  const hiding = UserPoolClient?.ClientId ?? '';
  const confirmed = await add('ada');
  await harness.call('ConfirmSignUp', { ClientId, Username: 'ada', ConfirmationCode: confirmed });
  const disabled = await add('bob');
  const bob = await user('bob');
  assert(bob);
  await harness.storage.stores.users.change(
    { poolId: UserPoolId as never, sub: bob.sub },
    (current) => ({ ...current, enabled: false }),
  );
  const cases = [
    ['nobody', 'UserNotFoundException', 'Username/client id combination not found.'],
    ['bob', 'NotAuthorizedException', 'User is disabled.'],
    ['ada', 'NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED'],
  ] as const;
  for (const [Username, code, message] of cases) {
    const input = { ClientId, Username, ConfirmationCode: disabled };
    await harness.refuses('ConfirmSignUp', input, code, message);
    await harness.refuses('ConfirmSignUp', { ...input, ClientId: hiding }, ...expired);
    // Once a code was asked for, an attempt is wrong, whoever it is for.
    await harness.call('ResendConfirmationCode', { ClientId: hiding, Username });
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await harness.refuses('ConfirmSignUp', { ...input, ClientId: hiding }, ...mismatch);
    }
    await harness.refuses('ConfirmSignUp', { ...input, ClientId: hiding }, ...expired);
  }
  assert.equal((await user('bob'))?.status, 'UNCONFIRMED');
});

test('the link of a mail takes the same way', async (t) => {
  const harness = await openHarness(t);
  const { ClientId, user } = await signedUp(harness, {
    AliasAttributes: ['email'],
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' },
  });
  const open = (link: Readonly<Record<string, string>>) =>
    confirmByLink(serverContext(harness.storage, harness.world), {
      clientId: link['client_id'] ?? '',
      username: link['user_name'] ?? '',
      code: link['confirmation_code'] ?? '',
    });
  const add = async (Username: string, address: string) => {
    harness.advance(1);
    const UserAttributes = [email(address)];
    await harness.call('SignUp', { ClientId, Username, Password, UserAttributes });
    const [mail] = await harness.messages(address);
    return Object.fromEntries(new URL(mail?.link ?? '').searchParams);
  };
  const link = await add('ada', 'ada@example.com');
  const code = link['confirmation_code'] ?? '';
  assert.equal(await open({ ...link, confirmation_code: notThe(code) }), 'invalid');
  assert.equal(await open({ ...link, client_id: '1example23456789' }), 'invalid');
  assert.equal(await open({ ...link, user_name: 'no body' }), 'invalid');
  assert.equal(await open({ ...link, user_name: '' }), 'invalid');
  assert.equal(await open(link), 'confirmed');
  assert.equal((await user('ada'))?.status, 'CONFIRMED');
  assert.equal(await open(link), 'already-confirmed');
  // The pool goes while its link is looked at.
  const dora = await add('dora', 'dora@example.com');
  const gone = () => Promise.reject(new PoolGoneError('it'));
  const vault = {
    ...harness.world.vault,
    of: gone,
    within: () => ({ ...harness.world.vault, of: gone }),
  };
  const whileGone = confirmByLink(serverContext(harness.storage, { ...harness.world, vault }), {
    clientId: dora['client_id'] ?? '',
    username: dora['user_name'] ?? '',
    code: dora['confirmation_code'] ?? '',
  });
  assert.equal(await whileGone, 'invalid');
  const second = await add('eve', 'ada@example.com');
  assert.equal(await open(second), 'alias-taken');
  assert.equal((await user('eve'))?.status, 'UNCONFIRMED');
  const late = await add('late', 'late@example.com');
  harness.advance(24 * HOUR_MS);
  assert.equal(await open(late), 'expired');
  for (let attempt = 1; attempt <= 14; attempt += 1) await open(late);
  await assert.rejects(open(late), (error: Failure) => error.code === 'LimitExceededException');
});
