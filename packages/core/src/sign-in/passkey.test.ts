import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeAuthenticator } from '../testing/passkey-authenticator.ts';
import {
  openWithPasskeys,
  optionsOf,
  proofsOf,
  WRONG,
  type AskedOptions,
  type OpenedWithPasskeys,
} from '../testing/passkey-sign-in.ts';
import { registerPasskey } from '../testing/passkeys.ts';
import { refused } from '../testing/test-challenges.ts';
import type { Outcome } from './outcome.ts';

/* Sign-in by passkey. */

test('a browser is asked as the service asks it, member for member, and a passkey signs in', async (t) => {
  const opened = await openWithPasskeys(t);
  const { harness, AccessToken, ask, answer } = opened;
  const one = await registerPasskey(harness, AccessToken);
  harness.advance(1);
  const other = await registerPasskey(harness, AccessToken, makeAuthenticator({ kind: 'RS256' }));
  const asked = await ask();
  const options = optionsOf(asked);
  assert.match(options.challenge, /^[A-Za-z0-9_-]{22}$/);
  const expected = {
    challenge: options.challenge,
    timeout: 180_000,
    rpId: 'localhost',
    allowCredentials: [
      { type: 'public-key', id: one.id, transports: ['internal'] },
      { type: 'public-key', id: other.id, transports: ['internal'] },
    ],
    userVerification: 'preferred',
  };
  assert.equal(JSON.stringify(options), JSON.stringify(expected));
  for (const authenticator of [one, other]) {
    const next = await ask();
    const outcome = await answer(next, authenticator.get(optionsOf(next)));
    const atMs = harness.world.clock.nowMs();
    assert.deepEqual(await proofsOf(opened, outcome), [{ challenge: 'WEB_AUTHN', atMs }]);
  }
});

test('a use is noted with its count', async (t) => {
  const { harness, AccessToken, ask, answer, passkey } = await openWithPasskeys(t);
  const authenticator = await registerPasskey(harness, AccessToken);
  harness.advance(5_000);
  const asked = await ask();
  await answer(asked, authenticator.get(optionsOf(asked), { signCount: 41 }));
  const { signCount, lastUsedAtMs } = (await passkey()) ?? {};
  assert.deepEqual([signCount, lastUsedAtMs], [41, harness.world.clock.nowMs()]);
});

test('of eight answers with one count, one signs in; so does one of eight that do not count', async (t) => {
  for (const signCount of [5, 0]) {
    const { harness, AccessToken, ask, answer } = await openWithPasskeys(t);
    const authenticator = makeAuthenticator();
    await registerPasskey(harness, AccessToken, authenticator, { signCount: 0 });
    const asked = await ask();
    const credential = authenticator.get(optionsOf(asked), { signCount });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => answer(asked, credential)),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    await assert.rejects(answer(asked, credential), refused('NotAuthorizedException'));
  }
});

test('an answer belongs to the sign-in that asked, and is worth nothing when that has expired', async (t) => {
  const { harness, AccessToken, ask, answer } = await openWithPasskeys(t);
  const authenticator = await registerPasskey(harness, AccessToken);
  const [one, other] = [await ask(), await ask()];
  const credential = authenticator.get(optionsOf(one));
  await assert.rejects(answer(other, credential), WRONG);
  harness.advance(180_000);
  await assert.rejects(answer(one, credential), refused('NotAuthorizedException'));
});

test('a lock by wrong passwords keeps nobody out who has a passkey (S13)', async (t) => {
  const { harness, AccessToken, start, ask, answer } = await openWithPasskeys(t);
  const authenticator = await registerPasskey(harness, AccessToken);
  for (let attempt = 0; attempt < 7; attempt += 1) await assert.rejects(start('Wrong-0000'));
  const locked = refused('NotAuthorizedException', 'Password attempts exceeded');
  await assert.rejects(start(), locked);
  const asked = await ask();
  assert.equal((await answer(asked, authenticator.get(optionsOf(asked)))).kind, 'tokens');
});

test('wrong answers lock nobody', async (t) => {
  const { harness, AccessToken, start, ask, answer } = await openWithPasskeys(t);
  await registerPasskey(harness, AccessToken);
  const asked = await ask();
  for (let attempt = 0; attempt < 9; attempt += 1) {
    await assert.rejects(answer(asked, makeAuthenticator().get(optionsOf(asked))), WRONG);
  }
  assert.equal((await start()).kind, 'tokens');
});

test('a disabled or deleted user, another password, a deleted passkey: the answer comes too late', async (t) => {
  const ways: readonly [string, (opened: OpenedWithPasskeys, id: string) => Promise<unknown>][] = [
    ['disabled', ({ harness, user }) => harness.call('AdminDisableUser', user)],
    ['deleted', ({ harness, user }) => harness.call('AdminDeleteUser', user)],
    [
      'password',
      ({ harness, user }) =>
        harness.call('AdminSetUserPassword', { ...user, Password: 'Other-1234', Permanent: false }),
    ],
    [
      'passkey',
      ({ harness, AccessToken }, CredentialId) =>
        harness.call('DeleteWebAuthnCredential', { AccessToken, CredentialId }),
    ],
    [
      'pool',
      ({ harness, user }) =>
        harness.call('UpdateUserPool', {
          UserPoolId: user.UserPoolId,
          Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] } },
        }),
    ],
  ];
  for (const [what, change] of ways) {
    const opened = await openWithPasskeys(t);
    const authenticator = await registerPasskey(opened.harness, opened.AccessToken);
    const asked = await opened.ask();
    await change(opened, authenticator.id);
    const credential = authenticator.get(optionsOf(asked));
    await assert.rejects(opened.answer(asked, credential), refused('NotAuthorizedException'), what);
  }
});

test('nobody, and a user without a passkey, are asked for one that looks like any other, always the same (P10)', async (t) => {
  const opened = await openWithPasskeys(t);
  const { harness, made, AccessToken, ask, answer } = opened;
  await harness.call('UpdateUserPoolClient', {
    ...{ UserPoolId: made.UserPoolId, ClientId: made.ClientId },
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  });
  const shape = (options: AskedOptions) => ({
    members: Object.keys(options),
    credential: Object.keys(options.allowCredentials[0] ?? {}),
    count: options.allowCredentials.length,
  });
  const [ghost, again, other, without] = [
    optionsOf(await ask('ghost')),
    optionsOf(await ask('ghost')),
    optionsOf(await ask('spook')),
    optionsOf(await ask()),
  ];
  assert.deepEqual(ghost.allowCredentials, again.allowCredentials);
  assert.notEqual(ghost.challenge, again.challenge);
  assert.notEqual(ghost.allowCredentials[0]?.id, other.allowCredentials[0]?.id);
  assert.notEqual(ghost.allowCredentials[0]?.id, without.allowCredentials[0]?.id);
  await registerPasskey(harness, AccessToken);
  const real = optionsOf(await ask());
  for (const options of [ghost, other, without]) assert.deepEqual(shape(options), shape(real));
  const length = (asked: Outcome) => asked.kind === 'challenge' && asked.session?.length;
  assert.equal(length(await ask('ghost')), length(await ask()));
  const credential = makeAuthenticator({ id: ghost.allowCredentials[0]?.id });
  for (const name of ['ghost', 'ann']) {
    const asked = await ask(name);
    await assert.rejects(answer(asked, credential.get(optionsOf(asked)), name), WRONG);
  }
});
