/** cognito-srp-helper, unmodified, with the AWS SDK: the password is proved without leaving the client. */
import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  createPasswordHash,
  createSecretHash,
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { startServer } from './server-under-test.ts';
import { makeTutorialPool, makeUser, PASSWORD, type TutorialPool } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const isPublic = await makeTutorialPool(aws);
const isConfidential = await makeTutorialPool(aws, {}, { GenerateSecret: true });
for (const { UserPoolId } of [isPublic, isConfidential]) await makeUser(aws, UserPoolId, 'ada');

/** The inputs of a sign-in; `hash` proves the app client, by default with the pool's own secret. */
interface SignIn {
  readonly pool: TutorialPool;
  readonly username: string;
  readonly password?: string;
  readonly passwordIsHashed?: boolean;
  readonly secret?: string | undefined;
}

async function signIn(input: SignIn): Promise<RespondToAuthChallengeCommandOutput> {
  const { pool, username, password = PASSWORD, passwordIsHashed = false } = input;
  const { UserPoolId, ClientId } = pool;
  const secret = 'secret' in input ? input.secret : pool.secret;
  const proof = (name: string) =>
    secret === undefined ? undefined : createSecretHash(name, ClientId, secret);
  const session = createSrpSession(username, password, UserPoolId, passwordIsHashed);
  const started = await aws.send(
    new InitiateAuthCommand(
      wrapInitiateAuth(session, {
        ClientId,
        AuthFlow: 'USER_SRP_AUTH' as const,
        AuthParameters: withProof({ USERNAME: username, CHALLENGE_NAME: 'SRP_A' }, proof(username)),
      }),
    ),
  );
  assert.equal(started.ChallengeName, 'PASSWORD_VERIFIER');
  assert.equal(started.Session, undefined);
  assert.equal(started.AuthenticationResult, undefined);
  const name = started.ChallengeParameters?.['USERNAME'] ?? '';
  return aws.send(
    new RespondToAuthChallengeCommand(
      wrapAuthChallenge(signSrpSession(session, started), {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER' as const,
        ChallengeResponses: withProof({ USERNAME: name }, proof(name)),
      }),
    ),
  );
}

function withProof(
  parameters: Record<string, string>,
  SECRET_HASH: string | undefined,
): Record<string, string> {
  return SECRET_HASH === undefined ? parameters : { ...parameters, SECRET_HASH };
}

async function assertSignedIn(answer: RespondToAuthChallengeCommandOutput): Promise<void> {
  assert.deepEqual(answer.ChallengeParameters, {});
  assert.equal(answer.AuthenticationResult?.TokenType, 'Bearer');
  assert.equal(answer.AuthenticationResult.ExpiresIn, 3600);
  assert(answer.AuthenticationResult.IdToken && answer.AuthenticationResult.RefreshToken);
  const { AccessToken } = answer.AuthenticationResult;
  assert.equal((await aws.send(new GetUserCommand({ AccessToken }))).Username, 'ada');
}

for (const [kind, pool] of Object.entries({ isPublic, isConfidential })) {
  suite(`an app client that ${kind === 'isPublic' ? 'is public' : 'has a secret'}`, () => {
    test('signs in by user name', async () => {
      await assertSignedIn(await signIn({ pool, username: 'ada' }));
    });

    test('signs in by an alias: the challenge names the user whom the proof is about', async () => {
      await assertSignedIn(await signIn({ pool, username: 'ada@example.com' }));
    });

    test('signs in with a password hashed beforehand', async () => {
      const password = createPasswordHash('ada', PASSWORD, pool.UserPoolId);
      await assertSignedIn(
        await signIn({ pool, username: 'ada', password, passwordIsHashed: true }),
      );
    });

    test('refuses a wrong password', async () => {
      await assert.rejects(signIn({ pool, username: 'ada', password: `${PASSWORD}!` }), (error) => {
        assert(error instanceof NotAuthorizedException);
        assert.equal(error.message, 'Incorrect username or password.');
        return true;
      });
    });
  });
}

test('a missing or wrong secret is distinguished from a wrong password', async () => {
  const { ClientId } = isConfidential;
  for (const [secret, message] of [
    [undefined, `Client ${ClientId} is configured with secret but SECRET_HASH was not received`],
    ['0'.repeat(52), `Unable to verify secret hash for client ${ClientId}`],
  ] as const) {
    await assert.rejects(signIn({ pool: isConfidential, username: 'ada', secret }), {
      name: 'NotAuthorizedException',
      message,
    });
  }
});

test('ten pairs of all kinds of names and passwords are proved, whatever their bytes', async () => {
  const { UserPoolId } = isPublic;
  const names = ['ü', 'Ωmega', '名前', 'a.b+c', 'x'.repeat(128)];
  const passwords = ['Aa1! inner space', 'Pä55wörd!ñ', '密码Aa1!xxxx', `Aa1!${'z'.repeat(252)}`];
  for (const [index, Username] of names.entries()) {
    await aws.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
    for (const next of [0, 1]) {
      const Password = passwords[(index + next) % passwords.length] ?? '';
      await aws.send(
        new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }),
      );
      const answer = await signIn({ pool: isPublic, username: Username, password: Password });
      assert(answer.AuthenticationResult?.AccessToken, `${Username} ${Password}`);
    }
  }
});
