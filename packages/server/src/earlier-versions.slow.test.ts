import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test, type TestContext } from 'node:test';
import {
  AdminGetUserCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  hashToken,
  openMessage,
  poolId,
  rotateDataKey,
  sealedPlaces,
  SERVER_SECRETS,
} from '@poolhouse/core';
import { postgresSkipReason } from '@poolhouse/storage/testing';
import { ADMINISTRATORS_POOL, CONSOLE_CLIENT } from './pools/administrators-pool.ts';
import { finishJob } from './jobs/finish-job.ts';
import { call } from './testing/call.ts';
import {
  upgradedServer,
  type EarlierVersion,
  type UpgradedServer,
} from './testing/earlier-version.ts';
import { signInBySrp } from './testing/sign-in-by-srp.ts';

const PASSWORD = 'Correct-horse-1';
const ANNS = 'Third-horse-3';
const CONFIRMED = ['ben', 'gus', 'sue', 'E\u0301va', 'Straße', 'Ａda'];

interface Answered {
  readonly status: number;
  readonly __type?: string;
  readonly ChallengeName?: string;
  readonly Session?: string;
  readonly AuthenticationResult?: Readonly<Record<string, string>>;
}

/** The requests of that database's users. */
async function upgraded(t: TestContext, version: EarlierVersion, kind: 'sqlite' | 'postgres') {
  const server = await upgradedServer(t, version, kind);
  const { running, known } = server;
  const { pool } = known;
  const post = async (operation: string, input: object): Promise<Answered> => {
    const answer = await running.post(operation, JSON.stringify(input));
    return { ...answer.json(), status: answer.status };
  };
  const auth = (flow: string, parameters: object, client = pool.publicClient) =>
    post('InitiateAuth', { ClientId: client, AuthFlow: flow, AuthParameters: parameters });
  return {
    ...server,
    post,
    signIn: (USERNAME: string, given = PASSWORD, client?: string) =>
      auth('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: given }, client),
    refresh: (REFRESH_TOKEN: string, more: object = {}, client?: string) =>
      auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN, ...more }, client),
    hashOf: (name: string) => {
      const { id, secret } = pool.secretClient;
      return createHmac('sha256', secret)
        .update(name + id)
        .digest('base64');
    },
  };
}

const isIn = ({ status, AuthenticationResult, ...rest }: Answered, who: string) =>
  assert(
    status === 200 && AuthenticationResult?.['AccessToken'],
    `${who}: ${JSON.stringify(rest)}`,
  );

for (const [version, kind, skip] of [
  ['schema-2', 'sqlite', undefined],
  ['schema-2', 'postgres', postgresSkipReason],
  ['schema-9', 'sqlite', undefined],
  ['schema-9', 'postgres', postgresSkipReason],
] as const) {
  suite(`a ${kind} database of ${version}`, { skip: skip ?? false }, () => {
    const check = (name: string, run: (ground: Ground) => Promise<void>) =>
      void test(name, async (t) => run(await upgraded(t, version, kind)));
    const since9 = version === 'schema-9' ? check : () => undefined;

    check(
      'everybody who could signs in by password, under every name',
      async ({ known, signIn }) => {
        for (const name of ['ann', 'ANN', 'Ann@example.com', '+491701234567', 'annie']) {
          isIn(await signIn(name, ANNS), name);
        }
        for (const name of CONFIRMED) isIn(await signIn(name), name);
        if (version === 'schema-2') isIn(await signIn('twin\u00e5'), 'a twin');
        const { id, client } = known.mails;
        assert(id);
        isIn(await signIn('Moe@Example.com', PASSWORD, client), 'Moe');
        assert.equal((await signIn('moe@example.com', PASSWORD, client)).status, 400);
      },
    );

    check('who could not cannot, for the same reason', async ({ known, signIn, advance }) => {
      assert.equal((await signIn('una')).__type, 'UserNotConfirmedException');
      assert.equal((await signIn('rex')).__type, 'PasswordResetRequiredException');
      for (const name of ['dan', 'lou']) {
        assert.equal((await signIn(name)).__type, 'NotAuthorizedException', name);
      }
      assert.equal((await signIn('ida')).__type, 'UserNotFoundException');
      const flo = await signIn('flo', known.codes.temporaryPassword);
      assert.equal(flo.ChallengeName, 'NEW_PASSWORD_REQUIRED');
      advance(3_600_000);
      isIn(await signIn('lou'), 'lou, who is locked no more');
    });

    check('people sign in by SRP, also with a client that has a secret', async (ground) => {
      const { running, known, hashOf } = ground;
      const { id: pool, publicClient, secretClient } = known.pool;
      const ann = { pool, username: 'ann', password: ANNS };
      for (const credentials of [
        { ...ann, client: publicClient },
        { ...ann, username: 'ann@example.com', client: publicClient },
        { ...ann, client: secretClient.id, secretHash: hashOf('ann') },
      ]) {
        const answer = await signInBySrp(running, credentials);
        isIn({ ...answer.json(), status: answer.status }, credentials.username);
      }
      const wrong = await signInBySrp(running, { ...ann, client: secretClient.id });
      assert.equal(wrong.status, 400);
    });

    // Sessions have another format. They are valid for only three minutes, so people just type their password once more.
    check('sign-ins that were under way begin anew', async ({ known, post, signIn }) => {
      const { publicClient: ClientId } = known.pool;
      const proved = await post('RespondToAuthChallenge', {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: known.srpAnswer,
      });
      assert.equal(proved.__type, 'NotAuthorizedException');
      const change = (Session: string | undefined) =>
        post('RespondToAuthChallenge', {
          ClientId,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          Session,
          ChallengeResponses: { USERNAME: 'fay', NEW_PASSWORD: 'Brand-new-horse-1' },
        });
      assert.equal((await change(known.newPasswordSession)).__type, 'NotAuthorizedException');
      const { Session } = await signIn('fay', 'Temporary-horse-1');
      isIn(await change(Session), 'fay');
    });

    check('tokens of then are good or not as they were', async (ground) => {
      const { known, post, refresh, hashOf } = ground;
      const { tokens, pool } = known;
      assert.equal((await post('GetUser', { AccessToken: tokens.access })).status, 200);
      isIn(await refresh(tokens.refresh), 'the public client');
      const SECRET_HASH = hashOf('ann');
      const { id } = pool.secretClient;
      isIn(await refresh(tokens.refreshOfSecretClient, { SECRET_HASH }, id), 'the secret client');
      const ClientId = pool.rotatingClient;
      const rotated = await post('GetTokensFromRefreshToken', {
        ClientId,
        RefreshToken: tokens.rotated,
      });
      isIn(rotated, 'the rotating client');
      for (const RefreshToken of [tokens.spent, tokens.rotated]) {
        const again = await post('GetTokensFromRefreshToken', { ClientId, RefreshToken });
        assert.notEqual(again.status, 200);
      }
      for (const gone of [tokens.revoked, tokens.signedOutRefresh]) {
        assert.notEqual((await refresh(gone)).status, 200);
      }
      assert.notEqual((await post('GetUser', { AccessToken: tokens.signedOut })).status, 200);
    });

    check('sessions of then go on and end; nothing is made up about them', async (ground) => {
      const { known, post, refresh, running, advance } = ground;
      const { tokens, pool } = known;
      const { storage, world } = running.server;
      const { sessions } = storage.stores;
      const of = async (token: string) => (await sessions.byToken(hashToken(token)))?.session;
      const before = await of(tokens.refresh);
      assert(before);
      for (const fact of ['proofs', 'origin', 'lastUsedAtMs', 'sealedLastUse'] as const) {
        assert.equal(before[fact], undefined, fact);
      }
      isIn(await refresh(tokens.refresh), 'ann');
      const { sealedLastUse = '', ...used } = (await of(tokens.refresh)) ?? {};
      assert.deepEqual(used, { ...before, lastUsedAtMs: world.clock.nowMs() });
      const secrets = await world.vault.of(pool.id);
      assert.match(secrets.open(sealedPlaces.lastUse(before.id), sealedLastUse).toString(), /127/);

      const ClientId = pool.publicClient;
      assert.equal((await post('RevokeToken', { ClientId, Token: tokens.refresh })).status, 200);
      assert((await of(tokens.refresh))?.revokedAtMs);
      assert.equal((await of(tokens.rotated))?.revokedAtMs, undefined);
      const ann = { UserPoolId: pool.id, Username: 'ann' };
      await call(running.server, 'AdminUserGlobalSignOut', ann);
      assert((await of(tokens.rotated))?.revokedAtMs);
      advance(400 * 86_400_000);
      while ((await sessions.purge(world.clock.nowMs(), 1_000)) > 0);
      assert.equal(await of(tokens.refresh), undefined);
    });

    check('codes that were sent are taken as long as they are valid', async (ground) => {
      const { known, post, signIn, advance, running } = ground;
      const { codes, pool } = known;
      const ClientId = pool.publicClient;
      const confirm = (operation: string, Username: string, ConfirmationCode: string) =>
        post(operation, { ClientId, Username, ConfirmationCode, Password: 'Brand-new-horse-1' });
      assert.equal((await confirm('ConfirmSignUp', 'una', codes.signUp)).status, 200);
      isIn(await signIn('una'), 'una');
      assert.equal((await confirm('ConfirmForgotPassword', 'rex', codes.reset)).status, 200);
      isIn(await signIn('rex', 'Brand-new-horse-1'), 'rex');
      const ben = await signIn('ben');
      const verified = await post('VerifyUserAttribute', {
        AccessToken: ben.AuthenticationResult?.['AccessToken'],
        AttributeName: 'email',
        Code: codes.newAddress,
      });
      assert.equal(verified.status, 200, JSON.stringify(verified));
      isIn(await signIn('ben@new.example.com'), 'ben');
      advance(61 * 60_000);
      const late = await confirm('ConfirmForgotPassword', 'gus', codes.forgot);
      assert.equal(late.__type, 'ExpiredCodeException');
      // Former passwords are known, too.
      const former = { UserPoolId: pool.id, Username: 'ann', Permanent: true };
      await assert.rejects(
        call(running.server, 'AdminSetUserPassword', { ...former, Password: PASSWORD }),
        { code: 'PasswordHistoryPolicyViolationException' },
      );
    });

    check('names have today’s keys, and of two with one key one yields it', async (ground) => {
      const { known, running, signIn } = ground;
      const { nameReview } = running.server.storage.stores;
      for (const [typed, name] of [
        ['\u00c9VA', 'E\u0301va'],
        ['STRASSE', 'Straße'],
        ['ada', 'Ａda'],
        ['ada@xn--mller-kva.example', 'Ａda'],
      ] as const) {
        const found = await call(running.server, 'AdminGetUser', {
          UserPoolId: known.pool.id,
          Username: typed,
        });
        assert.equal(
          found.UserAttributes?.find(({ Name }) => Name === 'sub')?.Value,
          known.subs[name],
        );
        isIn(await signIn(typed), typed);
      }
      assert.deepEqual(await nameReview.unfinishedPools(), []);
      const twin = known.subs['twina\u030a'];
      assert.deepEqual(
        (await nameReview.yielding(9)).map(({ sub }) => String(sub)),
        version === 'schema-2' ? [twin] : [],
      );
      if (version === 'schema-2') isIn(await signIn(twin ?? ''), 'who yields its name');
    });

    check('access keys sign, and who may not still may not', async ({ known, running }) => {
      const { all, oneOfMails, disabled } = known.accessKeys;
      // Signatures are compared with the server's clock.
      const offset = running.server.world.clock.nowMs() - Date.now();
      const as = ({ id, secret }: typeof all, region?: string) => {
        const aws = running.client({ accessKeyId: id, secretAccessKey: secret }, region);
        aws.config.systemClockOffset = offset;
        return aws;
      };
      const ann = { UserPoolId: known.pool.id, Username: 'ann' };
      const { Username } = await as(all).send(new AdminGetUserCommand(ann));
      assert.equal(Username, 'ann');
      const mails = new DescribeUserPoolCommand({ UserPoolId: known.mails.id });
      assert.equal((await as(oneOfMails, 'us-east-1').send(mails)).UserPool?.Name, 'mails');
      await assert.rejects(as(oneOfMails).send(new AdminGetUserCommand(ann)), {
        name: 'AccessDeniedException',
      });
      await assert.rejects(as(disabled).send(new AdminGetUserCommand(ann)), {
        name: 'UnrecognizedClientException',
      });
    });

    check('administrators enter, and groups have their members', async ({ known, running }) => {
      const { username, temporaryPassword: password } = known.administrator;
      const olga = { pool: ADMINISTRATORS_POOL, client: CONSOLE_CLIENT, username, password };
      const asked = (await signInBySrp(running, olga)).json();
      assert.equal(asked['ChallengeName'], 'NEW_PASSWORD_REQUIRED', JSON.stringify(asked));
      assert.equal(await running.server.setUpLink(), undefined);
      const { Users = [] } = await call(running.server, 'ListUsersInGroup', {
        UserPoolId: known.pool.id,
        GroupName: 'staff',
      });
      assert.deepEqual(new Set(Users.map((user) => user.Username)), new Set(['ann', 'ben']));
    });

    check('the audit is whole and sealed, and nothing of who is gone stays', async (ground) => {
      const { running } = ground;
      const { auditWatch, storage } = running.server;
      const { fault, count } = await auditWatch.check();
      assert.equal(fault, undefined);
      assert(count > 50);
      const { items } = await storage.stores.audit.list({}, 500);
      assert.equal(items.length, count);
      const text = JSON.stringify(items);
      // As a word, because a few letters in a row occur in sealed texts by chance.
      assert.doesNotMatch(text, /\b(?:ida|ann@example\.com|twin)\b/);
      if (version === 'schema-2') assert.equal(items[0]?.operation, 'audit sealed anew');
    });

    since9('what was to be deleted goes, and is as good as gone before', async (ground) => {
      const { known, running, refresh } = ground;
      const { storage, world } = running.server;
      const { id: UserPoolId, goneClient: ClientId = '' } = known.pool;
      const token = known.tokens.refreshOfGoneClient ?? '';
      assert.notEqual((await refresh(token, {}, ClientId)).status, 200);
      await finishJob({ storage, world }, `delete-client ${ClientId}`);
      assert.notEqual((await refresh(token, {}, ClientId)).status, 200);
      await assert.rejects(
        call(running.server, 'DescribeUserPoolClient', { UserPoolId, ClientId }),
        {
          code: 'ResourceNotFoundException',
        },
      );
      isIn(await refresh(known.tokens.refreshBySrp ?? ''), 'the other clients');
    });

    since9('of a group that was made again, the members are those of now', async (ground) => {
      const { known, running } = ground;
      const again = { UserPoolId: known.pool.id, GroupName: 'again' };
      const { Users = [] } = await call(running.server, 'ListUsersInGroup', again);
      assert.deepEqual(
        Users.map((user) => user.Username),
        ['ben'],
      );
    });

    check('messages that waited can be sent', async ({ known, running }) => {
      const { storage, world } = running.server;
      const entries = await storage.stores.outbox.list({ limit: 100 });
      const all = await Promise.all(
        entries.map(async (entry) => [entry.to, (await openMessage(world.vault, entry)).code]),
      );
      const byAddress = Object.fromEntries(all) as Record<string, string>;
      assert.equal(byAddress['una@example.com'], known.codes.signUp);
      assert.equal(byAddress['flo@example.com'], known.codes.temporaryPassword);
    });

    check('its data keys are rotated like any', async (ground) => {
      const { running, known, signIn, refresh, advance, hashOf } = ground;
      const { accessKeys, auditWatch, storage, world } = running.server;
      const owners = [poolId(known.pool.id), SERVER_SECRETS] as const;
      // In the schema-9 database this has been done, and its jobs are waiting.
      for (const owner of owners) await rotateDataKey({ storage, world }, owner);
      advance(120_000);
      await finishJob({ storage, world }, `reseal-pool ${known.pool.id}`);
      await finishJob({ storage, world }, 'reseal-server server');
      const ann = await storage.stores.users.byName(poolId(known.pool.id), 'ann');
      const all = [ann?.sealedPassword, ann?.sealedSrp, ...(ann?.sealedHistory ?? [])];
      assert(all.length >= 4);
      for (const sealed of all) assert.match(sealed ?? '', /^v1\.2\./);
      isIn(await signIn('ann', ANNS), 'ann');
      const { id, publicClient } = known.pool;
      const srp = { pool: id, client: publicClient, username: 'ann', password: ANNS };
      assert.equal((await signInBySrp(running, srp)).status, 200);
      const { id: client } = known.pool.secretClient;
      const SECRET_HASH = hashOf('ann');
      isIn(await refresh(known.tokens.refreshOfSecretClient, { SECRET_HASH }, client), 'ann');
      const { id: key, secret } = known.accessKeys.all;
      assert.equal((await accessKeys.secretOf(key))?.secret, secret);
      assert.equal((await auditWatch.check()).fault, undefined);
    });
  });
}

type Ground = UpgradedServer & Awaited<ReturnType<typeof upgraded>>;
