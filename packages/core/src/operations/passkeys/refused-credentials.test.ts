import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Failure } from '../../failure.ts';
import { FLAGS, makeAuthenticator, type Otherwise } from '../../testing/passkey-authenticator.ts';
import type { Cbor } from '../../testing/cbor.ts';
import { openHarness } from '../../testing/harness.ts';
import {
  configurePasskeys,
  PASSKEYS_FIRST,
  registerPasskey,
  startRegistration,
} from '../../testing/passkeys.ts';
import { addUser, signIn } from '../../testing/signed-in.ts';

/* Security cases P01 to P08 at a registration: refused with the error that fits, nothing stored, and the right one goes through afterwards. */

const INVALID = 'InvalidParameterException';
const ORIGIN = 'WebAuthnOriginNotAllowedException';
const PARTY = 'WebAuthnRelyingPartyMismatchException';
const KIND = 'WebAuthnCredentialNotSupportedException';
const GONE = 'WebAuthnChallengeNotFoundException';

async function open(t: Pick<TestContext, 'after'>) {
  const harness = await openHarness(t);
  const made = await harness.makePool(PASSKEYS_FIRST);
  await configurePasskeys(harness, made, { RelyingPartyId: 'example.com' });
  await addUser(harness, made, 'ann');
  const { AccessToken } = await signIn(harness, made, 'ann');
  return { harness, made, AccessToken };
}

const atExample = (more: Parameters<typeof makeAuthenticator>[0] = {}) =>
  makeAuthenticator({ origin: 'https://app.example.com', ...more });

type Opened = Awaited<ReturnType<typeof open>>;

/** Requires the refusal of a credential in a registration of its own; answers how long it took. */
async function refuses(
  { harness, AccessToken }: Opened,
  code: string,
  what: string,
  credentialOf: (options: object) => object,
): Promise<number> {
  const Credential = credentialOf(await startRegistration(harness, AccessToken));
  const startedAt = performance.now();
  await assert.rejects(
    harness.call('CompleteWebAuthnRegistration', { AccessToken, Credential }),
    (error) => {
      assert(error instanceof Failure, String(error));
      assert.equal(error.code, code, `${what}: ${error.message} (${error.detail})`);
      return true;
    },
  );
  const tookMs = performance.now() - startedAt;
  const { Credentials } = await harness.call('ListWebAuthnCredentials', { AccessToken });
  assert.deepEqual(Credentials, [], what);
  return tookMs;
}

const tampered: readonly [string, string, Otherwise][] = [
  ['the origin of somebody else (P01)', ORIGIN, { origin: 'https://example.com.evil' }],
  ['http (P01)', ORIGIN, { origin: 'http://app.example.com' }],
  ['another port (P01)', ORIGIN, { origin: 'https://app.example.com:8443' }],
  ['localhost, for a domain (P01)', ORIGIN, { origin: 'http://localhost:4200' }],
  ['a frame in a page of somebody else (P01)', ORIGIN, { clientData: { crossOrigin: true } }],
  ['a page around it (P01)', ORIGIN, { clientData: { topOrigin: 'https://evil.example' } }],
  ['another relying party (P02)', PARTY, { rpId: 'evil.example' }],
  ['nobody there (P04)', INVALID, { flags: FLAGS.UV | FLAGS.AT }],
  ['copied though it cannot be (P04)', INVALID, { flags: FLAGS.UP | FLAGS.BS | FLAGS.AT }],
  ['no passkey in it (P08)', INVALID, { flags: FLAGS.UP }],
  ['extensions that are not there (P08)', INVALID, { flags: FLAGS.UP | FLAGS.AT | FLAGS.ED }],
  ['something after it (P08)', INVALID, { after: Buffer.from('more') }],
  ['made for a sign-in', INVALID, { clientData: { type: 'webauthn.get' } }],
  ['the challenge of somebody else', GONE, { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  [
    'the challenge and the origin of somebody else',
    GONE,
    { challenge: 'AAAAAAAAAAAAAAAAAAAAAA', origin: 'https://evil.example' },
  ],
  ['no challenge', GONE, { challenge: '' }],
];

test('a credential is refused that has something wrong, and the right one goes through afterwards', async (t) => {
  const opened = await open(t);
  for (const [what, code, otherwise] of tampered) {
    await refuses(opened, code, what, (options) => atExample().create(options, otherwise));
  }
  await registerPasskey(opened.harness, opened.AccessToken, atExample());
});

test('a user who was not verified is refused where the pool requires it (P04)', async (t) => {
  const opened = await open(t);
  await configurePasskeys(opened.harness, opened.made, {
    RelyingPartyId: 'example.com',
    UserVerification: 'required',
  });
  const unverified = { flags: FLAGS.UP | FLAGS.AT };
  const options = (await startRegistration(opened.harness, opened.AccessToken)) as {
    authenticatorSelection: { userVerification: string };
  };
  assert.equal(options.authenticatorSelection.userVerification, 'required');
  await refuses(opened, INVALID, 'not verified', (given) => atExample().create(given, unverified));
  await configurePasskeys(opened.harness, opened.made, { RelyingPartyId: 'example.com' });
  await registerPasskey(opened.harness, opened.AccessToken, atExample(), unverified);
});

const { coseKey } = makeAuthenticator();
const keyWith = (label: number, value: Cbor): Otherwise => ({
  coseKey: new Map([...coseKey, [label, value]]),
});
const without = (label: number): Otherwise => ({
  coseKey: new Map([...coseKey].filter(([key]) => key !== label)),
});
/** Arrays in arrays, as deep as the size of a credential allows. */
const deep = Buffer.alloc(9_000, 0x81);

const keys: readonly [string, string, Otherwise][] = [
  ['an algorithm that was not offered', KIND, keyWith(3, -8)],
  ['an algorithm with SHA-1', KIND, keyWith(3, -65_535 + 1_000)],
  ['no algorithm', INVALID, without(3)],
  ['the wrong kind of key', KIND, keyWith(1, 3)],
  ['another curve', KIND, keyWith(-1, 2)],
  ['no y', KIND, without(-3)],
  ['a point off the curve', KIND, keyWith(-3, Buffer.alloc(32, 7))],
  ['a y of a thousand bytes', KIND, keyWith(-3, Buffer.alloc(1_000, 7))],
  ['no map', INVALID, { coseKey: Buffer.from([0x01]) }],
  ['nothing', INVALID, { coseKey: Buffer.alloc(0) }],
  ['a map without an end', INVALID, { coseKey: Buffer.from([0xbf, 0x01]) }],
  [
    'a length beyond the end',
    INVALID,
    { coseKey: Buffer.from([0xbb, 255, 255, 255, 255, 0, 0, 0, 0]) },
  ],
  ['arrays nine thousand deep', INVALID, { coseKey: deep }],
];

test('a key is refused within 50 ms that is unsound (P08)', async (t) => {
  const opened = await open(t);
  await opened.harness.world.webAuthn();
  for (const [what, code, otherwise] of keys) {
    const credentialOf = (options: object) => atExample().create(options, otherwise);
    const tookMs = await refuses(opened, code, what, credentialOf);
    assert(tookMs < 50, `${what}: ${tookMs} ms`);
  }
});

test('RSA with 512 bits or with 8,192 is refused (P08)', async (t) => {
  const opened = await open(t);
  for (const rsaBits of [512, 1_024, 8_192]) {
    const authenticator = rsaBits === 8_192 ? atExample() : atExample({ kind: 'RS256', rsaBits });
    const large: Otherwise = {
      coseKey: new Map<number, Cbor>([
        [1, 3],
        [3, -257],
        [-1, Buffer.alloc(1_024, 0xff)],
        [-2, Buffer.from([1, 0, 1])],
      ]),
    };
    await refuses(opened, KIND, `${rsaBits} bits`, (options) =>
      authenticator.create(options, rsaBits === 8_192 ? large : {}),
    );
  }
});

type Made = ReturnType<ReturnType<typeof makeAuthenticator>['create']>;

const forms: readonly [string, (made: Made) => object][] = [
  ['another id than its own', (made) => ({ ...made, id: 'other', rawId: 'other' })],
  ['two ids', (made) => ({ ...made, rawId: 'other' })],
  ['no id', ({ id: _, ...made }) => made],
  ['another type', (made) => ({ ...made, type: 'password' })],
  ['no results of extensions', ({ clientExtensionResults: _, ...made }) => made],
  [
    'a passkey that is found by its id only',
    (made) => ({ ...made, clientExtensionResults: { credProps: { rk: false } } }),
  ],
  ['no response', (made) => ({ ...made, response: 'none' })],
  [
    'only what is signed',
    ({ response: { clientDataJSON, attestationObject }, ...made }) => ({
      ...made,
      response: { clientDataJSON, attestationObject },
    }),
  ],
  [
    'transports that are no list',
    (made) => ({ ...made, response: { ...made.response, transports: 'usb' } }),
  ],
  [
    'transports of any text',
    (made) => ({ ...made, response: { ...made.response, transports: ['<b>'] } }),
  ],
  [
    'client data that is no JSON',
    (made) => ({ ...made, response: { ...made.response, clientDataJSON: 'AAAA' } }),
  ],
  [
    'an attestation that is no CBOR',
    (made) => ({ ...made, response: { ...made.response, attestationObject: '____' } }),
  ],
  [
    'an attestation of 1 MB',
    (made) => ({
      ...made,
      response: { ...made.response, attestationObject: 'A'.repeat(1_000_000) },
    }),
  ],
  [
    'an attestation of nested arrays',
    (made) => ({
      ...made,
      response: { ...made.response, attestationObject: deep.toString('base64url') },
    }),
  ],
  [
    'client data of 1 MB',
    (made) => ({ ...made, response: { ...made.response, clientDataJSON: 'A'.repeat(1_000_000) } }),
  ],
];

test('a credential of another form is refused within 50 ms (P08)', async (t) => {
  const opened = await open(t);
  await opened.harness.world.webAuthn();
  for (const [what, change] of forms) {
    const credentialOf = (options: object) => change(atExample().create(options));
    const tookMs = await refuses(opened, INVALID, what, credentialOf);
    assert(tookMs < 50, `${what}: ${tookMs} ms`);
  }
  for (const given of [[], 'text', 7, true])
    await refuses(opened, INVALID, String(given), () => given as object);
});

test('what its maker attests is not looked at: no certificate is read, and nothing is fetched', async (t) => {
  const { harness, AccessToken } = await open(t);
  const x5c = new Map<string, Cbor>([['x5c', Buffer.from('no certificate')]]);
  for (const format of ['packed', 'apple', 'tpm', 'android-key', 'unheard-of']) {
    await registerPasskey(harness, AccessToken, atExample(), { statement: [format, x5c] });
  }
  const { Credentials = [] } = await harness.call('ListWebAuthnCredentials', { AccessToken });
  assert.equal(Credentials.length, 5);
});

test('a model that is widely known gives its name', async (t) => {
  const { harness, AccessToken } = await open(t);
  const aaguid = 'bada5566-a7aa-401f-bd96-45619a55120d';
  await registerPasskey(harness, AccessToken, atExample({ aaguid }));
  const { Credentials } = await harness.call('ListWebAuthnCredentials', { AccessToken });
  assert.equal(Credentials?.[0]?.FriendlyCredentialName, '1Password');
});
