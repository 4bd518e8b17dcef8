import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InputOf } from '@poolhouse/model';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
  type MakeDatabase,
} from '@poolhouse/storage/testing';
import { poolId } from '../domain/ids.ts';
import type { ConfigurationValues } from '../domain/pools/pool-configuration.ts';
import type { TriggerRunner } from '../ports/triggers.ts';
import { openHarness } from '../testing/harness.ts';
import { addUser, goodPassword } from '../testing/signed-in.ts';

const APP = 'https://shop.example.com/signed-in?from=mail&lang=en';
const MAIL = 'ann@example.com';

const databases: readonly (readonly [string, MakeDatabase, string | false])[] = [
  ['SQLite', sqliteTestDatabase, false],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason ?? false],
];

async function open(
  t: TestContext,
  {
    client = { CallbackURLs: [APP] },
    links = { Enabled: true },
    pool = {},
    database,
    triggers,
  }: {
    readonly client?: Partial<InputOf<'CreateUserPoolClient'>>;
    readonly links?: ConfigurationValues['sign-in-links'];
    readonly pool?: Partial<InputOf<'CreateUserPool'>>;
    readonly database?: MakeDatabase;
    readonly triggers?: TriggerRunner;
  } = {},
) {
  const harness = await openHarness(t, { database, triggers });
  const made = await harness.makePool(
    {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      ...pool,
    },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'], ...client },
  );
  await addUser(harness, made, 'ann', { email: MAIL, email_verified: 'true' });
  await harness.storage.stores.configurations.change(
    { poolId: poolId(made.UserPoolId), kind: 'sign-in-links' },
    () => links,
    harness.world.clock.nowMs(),
  );
  const { ClientId } = made;
  const ask = (USERNAME = 'ann') =>
    harness.call('InitiateAuth', {
      ...{ ClientId, AuthFlow: 'USER_AUTH' },
      AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    });
  const answering = (Session: string | undefined, EMAIL_OTP_CODE: string) => ({
    ...{ ClientId, ChallengeName: 'EMAIL_OTP' as const, Session },
    ChallengeResponses: { USERNAME: 'ann', EMAIL_OTP_CODE },
  });
  const mail = async () => {
    const [sent] = await harness.messages(MAIL);
    assert(sent);
    return sent;
  };
  return { harness, made, ask, answering, mail };
}

/** What an application does with its address. */
const codeIn = (link: string | undefined) =>
  new URLSearchParams(new URL(link ?? '').hash.slice(1)).get('sign-in-code') ?? '';

for (const [name, database, skip] of databases) {
  test(
    `the link of the mail leads to the application, with the code in its fragment alone, on ${name}`,
    { skip },
    async (t) => {
      const { harness, ask, answering, mail } = await open(t, { database });
      const { Session, ChallengeName } = await ask();
      assert.equal(ChallengeName, 'EMAIL_OTP');
      const { link, code, subject, body } = await mail();
      assert.match(code ?? '', /^\d{8}$/);
      assert.equal(link, `${APP}#sign-in-code=${code}`);
      assert.equal(subject, 'Your sign-in link');
      assert.equal(
        body,
        `<a href="https://shop.example.com/signed-in?from=mail&amp;lang=en#sign-in-code=${code}">Sign in</a> with this link, in the browser in which you asked for it. Or type the code ${code} there. `,
      );
      // Whatever a request for the page tells a server: no code.
      const { origin, pathname, search } = new URL(link);
      assert.doesNotMatch(origin + pathname + search, new RegExp(code ?? '-'));

      // In a browser that did not begin the sign-in there is no Session: the code alone opens nothing, and stays good.
      const elsewhere = answering(undefined, codeIn(link));
      await harness.refuses('RespondToAuthChallenge', elsewhere, 'InvalidParameterException');
      const { AuthenticationResult } = await harness.call(
        'RespondToAuthChallenge',
        answering(Session, codeIn(link)),
      );
      assert.ok(AuthenticationResult?.AccessToken);
      await harness.refuses(
        'RespondToAuthChallenge',
        answering(Session, codeIn(link)),
        'NotAuthorizedException',
      );
    },
  );
}

test('a link is of the sign-in that was begun last, and of no other user or app client', async (t) => {
  const { harness, made, ask, answering, mail } = await open(t);
  const first = await ask();
  const old = (await mail()).link;
  harness.advance(1);
  await ask();
  assert.notEqual((await mail()).link, old);
  const stale = answering(first.Session, codeIn(old));
  await harness.refuses('RespondToAuthChallenge', stale, 'CodeMismatchException');
  const { UserPoolId } = made;
  const { UserPoolClient } = await harness.call('CreateUserPoolClient', {
    ...{ UserPoolId, ClientName: 'other', ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
  });
  const other = { ...answering(first.Session, codeIn((await mail()).link)) };
  await harness.refuses(
    'RespondToAuthChallenge',
    { ...other, ClientId: UserPoolClient?.ClientId ?? '' },
    'NotAuthorizedException',
  );
});

for (const [where, client] of [
  ['has none', {}],
  ['has several, and none by default', { CallbackURLs: [APP, 'https://other.example.com/'] }],
  ['has a scheme of its own', { CallbackURLs: ['shop://in'] }],
] as const) {
  test(`where the app client ${where}, the mail has the code alone, in the pool's words`, async (t) => {
    const { harness, made, ask, mail } = await open(t, { client });
    await harness.call('SetUserPoolMfaConfig', {
      ...{ UserPoolId: made.UserPoolId, MfaConfiguration: 'OPTIONAL' },
      EmailMfaConfiguration: { Message: 'Use {####}.', Subject: 'Shop' },
    });
    await ask();
    const { link, code, body, subject } = await mail();
    assert.deepEqual([link, subject, body], [undefined, 'Shop', `Use ${code}.`]);
  });
}

test('of several addresses the default one is used, and one that is registered no longer is not', async (t) => {
  const CallbackURLs = ['https://other.example.com/', 'http://localhost:8401/'];
  const client = { CallbackURLs, DefaultRedirectURI: 'http://localhost:8401/' };
  const { harness, made, ask, mail } = await open(t, { client });
  await ask();
  assert.match((await mail()).link ?? '', /^http:\/\/localhost:8401\/#sign-in-code=\d{8}$/);
  harness.advance(1);
  const { UserPoolId, ClientId } = made;
  const ExplicitAuthFlows = ['ALLOW_USER_AUTH' as const];
  await harness.call('UpdateUserPoolClient', { UserPoolId, ClientId, ExplicitAuthFlows });
  await ask();
  assert.equal((await mail()).link, undefined);
});

test('nobody gets a link who has not been given the setting, nor as a second factor', async (t) => {
  const off = await open(t, { links: { Enabled: false } });
  await off.ask();
  assert.equal((await off.mail()).link, undefined);

  const { harness, made, mail } = await open(t);
  const { UserPoolId, ClientId } = made;
  await harness.call('SetUserPoolMfaConfig', {
    ...{ UserPoolId, MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {} },
  });
  await harness.call('AdminSetUserMFAPreference', {
    ...{ UserPoolId, Username: 'ann', EmailMfaSettings: { Enabled: true } },
  });
  await harness.call('InitiateAuth', {
    ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
    AuthParameters: { USERNAME: 'ann', PASSWORD: goodPassword },
  });
  const { link, code } = await mail();
  assert.equal(link, undefined);
  assert.match(code ?? '', /^\d{6}$/);
});

test('a pool has texts of its own, and so has its function', async (t) => {
  const links = {
    Enabled: true,
    EmailSubject: 'Welcome back',
    EmailMessage: '<p>{##To the shop##}</p><p>{####}</p>',
  };
  const { ask, mail } = await open(t, { links });
  await ask();
  const { subject, body, code } = await mail();
  assert.equal(subject, 'Welcome back');
  assert.match(body, new RegExp(`^<p><a href="[^"]*${code}">To the shop</a></p><p>${code}</p>$`));

  const triggers: TriggerRunner = {
    run: async (_pool, _trigger, _function, event) => ({
      kind: 'returned',
      output: { ...(event as object), response: { emailMessage: '{##Click Here##} or {####}' } },
    }),
  };
  const pool = {
    LambdaConfig: { CustomMessage: 'arn:aws:lambda:eu-west-1:000000000000:function:m' },
  };
  const own = await open(t, { triggers, pool });
  await own.ask();
  const sent = await own.mail();
  assert.match(
    sent.body,
    new RegExp(`^<a href="[^"]*${sent.code}">Click Here</a> or ${sent.code}$`),
  );
});

test('a name that is nobody’s is answered like a user, and nothing is sent', async (t) => {
  const client = { CallbackURLs: [APP], PreventUserExistenceErrors: 'ENABLED' as const };
  const { harness, ask } = await open(t, { client });
  const real = await ask();
  const before = (await harness.messages()).length;
  const nobody = await ask('nobody@example.net');
  assert.equal(nobody.ChallengeName, 'EMAIL_OTP');
  assert.equal(nobody.Session?.length, real.Session?.length);
  assert.deepEqual(
    Object.keys(nobody.ChallengeParameters ?? {}),
    Object.keys(real.ChallengeParameters ?? {}),
  );
  assert.equal((await harness.messages()).length, before);
});
