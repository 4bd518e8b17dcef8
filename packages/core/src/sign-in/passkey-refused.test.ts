import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FLAGS, makeAuthenticator, type Otherwise } from '../testing/passkey-authenticator.ts';
import { openWithPasskeys, optionsOf, WRONG } from '../testing/passkey-sign-in.ts';
import { configurePasskeys, registerPasskey } from '../testing/passkeys.ts';
import { goodPassword, signIn } from '../testing/signed-in.ts';
import { refused } from '../testing/test-challenges.ts';

/* Security cases P01 to P08 at a sign-in by passkey. */

const tampered: readonly [string, Otherwise][] = [
  ['the origin of somebody else (P01)', { origin: 'https://localhost.evil' }],
  ['an address instead of localhost (P01)', { origin: 'http://127.0.0.1:4200' }],
  ['a frame in a page of somebody else (P01)', { clientData: { crossOrigin: true } }],
  ['a page around it (P01)', { clientData: { topOrigin: 'http://localhost' } }],
  ['another relying party (P02)', { rpId: 'evil.example' }],
  ['nobody there (P04)', { flags: FLAGS.UV }],
  ['copied though it cannot be (P04)', { flags: FLAGS.UP | FLAGS.BS }],
  ['a passkey that can be copied since (P04)', { flags: FLAGS.UP | FLAGS.BE }],
  ['an older count (P05)', { signCount: 3 }],
  ['the same count (P05)', { signCount: 7 }],
  ['no count any more (P05)', { signCount: 0 }],
  ['something after it (P08)', { after: Buffer.from('more') }],
  ['made for a registration', { clientData: { type: 'webauthn.create' } }],
  ['the challenge of another sign-in', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ['the handle of somebody else', { userHandle: 'c29tZWJvZHk' }],
];

test('answers are refused that have something wrong, and the right one goes through afterwards', async (t) => {
  const { harness, AccessToken, ask, answer, passkey, ref } = await openWithPasskeys(t);
  const authenticator = makeAuthenticator();
  await registerPasskey(harness, AccessToken, authenticator, { signCount: 7 });
  const asked = await ask();
  const before = await passkey();
  for (const [what, otherwise] of tampered) {
    const signed = { signCount: 8, ...otherwise };
    const credential = authenticator.get(optionsOf(asked), signed);
    await assert.rejects(answer(asked, credential), WRONG, what);
    assert.deepEqual(await passkey(), before, what);
  }
  const userHandle = Buffer.from((await ref()).sub).toString('base64url');
  const right = authenticator.get(optionsOf(asked), { signCount: 8, userHandle });
  assert.equal((await answer(asked, right)).kind, 'tokens');
});

test('a signature of another key, or of another user, is refused', async (t) => {
  const { harness, made, AccessToken, ask, answer } = await openWithPasskeys(t);
  const own = await registerPasskey(harness, AccessToken);
  const user = { UserPoolId: made.UserPoolId, Username: 'bea' };
  await harness.call('AdminCreateUser', { ...user, MessageAction: 'SUPPRESS' });
  const permanent = { ...user, Password: goodPassword, Permanent: true };
  await harness.call('AdminSetUserPassword', permanent);
  const bea = await signIn(harness, made, 'bea');
  const theirs = await registerPasskey(harness, bea.AccessToken);
  const asked = await ask();
  const forged = makeAuthenticator({ id: own.id }).get(optionsOf(asked), { signCount: 9 });
  await assert.rejects(answer(asked, forged), WRONG);
  await assert.rejects(answer(asked, theirs.get(optionsOf(asked))), WRONG);
  assert.equal((await answer(asked, own.get(optionsOf(asked)))).kind, 'tokens');
});

test('a malformed answer is refused before anything is looked up (P08)', async (t) => {
  const { harness, AccessToken, ask, answerText } = await openWithPasskeys(t);
  const { id } = await registerPasskey(harness, AccessToken);
  const asked = await ask();
  const malformed = refused('InvalidParameterException', 'Credential data is not valid');
  for (const CREDENTIAL of [
    '{',
    '[]',
    'null',
    '{}',
    JSON.stringify({ id, rawId: id, type: 'public-key', response: {} }),
    '['.repeat(60_000),
    `"${'x'.repeat(1_000_000)}"`,
  ]) {
    const startedAt = performance.now();
    await assert.rejects(answerText(asked, CREDENTIAL), malformed, CREDENTIAL.slice(0, 40));
    assert(performance.now() - startedAt < 50);
  }
  await assert.rejects(
    answerText(asked, ''),
    refused('InvalidParameterException', 'Missing required parameter CREDENTIAL'),
  );
});

test('a key that somebody wrote into the database signs nobody in', async (t) => {
  const { harness, AccessToken, ask, answer, passkey } = await openWithPasskeys(t);
  const own = await registerPasskey(harness, AccessToken);
  const stored = await passkey();
  assert(stored);
  const { passkeys } = harness.storage.stores;
  const evil = makeAuthenticator();
  const asked = await ask();
  const other = await registerPasskey(harness, AccessToken, evil);
  const { publicKey } =
    (await passkeys.ofUser(stored)).find(({ credentialId }) => credentialId === other.id) ?? stored;
  await passkeys.delete(stored, other.id);
  await passkeys.delete(stored, own.id);
  assert.equal(await passkeys.add({ ...stored, publicKey }, 20), 'added');
  const credential = { ...evil.get(optionsOf(asked)), id: own.id, rawId: own.id };
  await assert.rejects(answer(asked, credential), WRONG);
  assert.notEqual(optionsOf(await ask()).allowCredentials[0]?.id, own.id);
});

test('a passkey of another relying party is neither asked for nor accepted', async (t) => {
  const { harness, made, AccessToken, ask, answer } = await openWithPasskeys(t);
  const former = await registerPasskey(harness, AccessToken);
  await configurePasskeys(harness, made, { RelyingPartyId: 'shop.localhost' });
  const asked = await ask();
  const options = optionsOf(asked);
  assert.equal(options.rpId, 'shop.localhost');
  assert(!JSON.stringify(options).includes(former.id));
  const origin = 'http://shop.localhost:4200';
  await assert.rejects(answer(asked, former.get(options, { origin })), WRONG);
});
