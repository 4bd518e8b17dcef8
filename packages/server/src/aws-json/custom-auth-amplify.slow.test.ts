/** Amplify v6, unmodified, signs in by the functions of a pool's owner. Here and not in `e2e`, because only a test can give the server functions. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { TriggerEvent, TriggerRunner } from '@poolhouse/core';
import { Amplify } from 'aws-amplify';
import { confirmSignIn, getCurrentUser, signIn, signOut } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { startServer } from '../testing/start-server.ts';

// What Amplify forgets after three minutes must not keep this process alive until then.
const { setTimeout: sleeping } = globalThis;
globalThis.setTimeout = Object.assign(
  (...given: Parameters<typeof sleeping>) => sleeping(...given).unref(),
  sleeping,
);

const PASSWORD = 'Correct-Horse-7';
const ANSWER = '42';
const DONE = { isSignedIn: true, nextStep: { signInStep: 'DONE' } };

interface Entry {
  readonly challengeName: string;
  readonly challengeResult: boolean;
}

/** As in the service's documentation: the password if SRP has begun, then a riddle, three times at most. */
function respond({ triggerSource, request }: TriggerEvent): Readonly<Record<string, unknown>> {
  if (triggerSource.startsWith('CreateAuthChallenge')) {
    return {
      publicChallengeParameters: { riddle: 'What is six times seven?' },
      privateChallengeParameters: { answer: ANSWER },
      challengeMetadata: 'RIDDLE',
    };
  }
  if (triggerSource.startsWith('VerifyAuthChallengeResponse')) {
    const { answer } = request['privateChallengeParameters'] as { readonly answer: string };
    return { answerCorrect: request['challengeAnswer'] === answer };
  }
  const session = request['session'] as readonly Entry[];
  const last = session.at(-1);
  if (last?.challengeName === 'SRP_A') return { challengeName: 'PASSWORD_VERIFIER' };
  if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) {
    return { issueTokens: true };
  }
  const wrong = session.filter(({ challengeResult }) => !challengeResult).length;
  return wrong >= 3 ? { failAuthentication: true } : { challengeName: 'CUSTOM_CHALLENGE' };
}

const triggers: TriggerRunner = {
  run: async (_pool, _trigger, _function, event) => ({
    kind: 'returned',
    output: { ...event, response: respond(event) },
  }),
};

/** A pool whose functions direct the sign-in of `ann`, with Amplify pointed at it. */
async function openPool(aws: CognitoIdentityProviderClient, url: string): Promise<void> {
  const lambda = 'arn:aws:lambda:eu-west-1:000000000000:function:riddles';
  const { UserPool } = await aws.send(
    new CreateUserPoolCommand({
      PoolName: 'riddles',
      LambdaConfig: {
        DefineAuthChallenge: lambda,
        CreateAuthChallenge: lambda,
        VerifyAuthChallengeResponse: lambda,
      },
    }),
  );
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await aws.send(
    new CreateUserPoolClientCommand({
      ...{ UserPoolId, ClientName: 'riddles' },
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const user = { UserPoolId, Username: 'ann' };
  await aws.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  const password = { ...user, Password: PASSWORD, Permanent: true };
  await aws.send(new AdminSetUserPasswordCommand(password));
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: UserPoolId,
        userPoolClientId: UserPoolClient?.ClientId ?? '',
        userPoolEndpoint: url,
      },
    },
  });
  const kept = new Map<string, string>();
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (name, value) => void kept.set(name, value),
    getItem: async (name) => kept.get(name) ?? null,
    removeItem: async (name) => void kept.delete(name),
    clear: async () => kept.clear(),
  });
}

type Step = Awaited<ReturnType<typeof signIn>>;

function assertRiddle({ isSignedIn, nextStep }: Step): void {
  assert.equal(isSignedIn, false);
  assert(nextStep.signInStep === 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE');
  assert.equal(nextStep.additionalInfo?.['riddle'], 'What is six times seven?');
  assert.equal(nextStep.additionalInfo['answer'], undefined);
}

suite('Amplify signs in by functions', () => {
  const open = async (t: Parameters<typeof startServer>[0]) => {
    const { client, url } = await startServer(t, { replacements: { triggers } });
    await openPool(client(), url);
  };

  test('alone, also after a wrong answer', async (t) => {
    await open(t);
    const begin = () =>
      signIn({ username: 'ann', options: { authFlowType: 'CUSTOM_WITHOUT_SRP' } });
    assertRiddle(await begin());
    assertRiddle(await confirmSignIn({ challengeResponse: '41' }));
    assert.deepEqual(await confirmSignIn({ challengeResponse: ANSWER }), DONE);
    assert.equal((await getCurrentUser()).username, 'ann');
    await signOut();
    assertRiddle(await begin());
    assertRiddle(await confirmSignIn({ challengeResponse: '1' }));
    assertRiddle(await confirmSignIn({ challengeResponse: '2' }));
    await assert.rejects(confirmSignIn({ challengeResponse: '3' }), {
      name: 'NotAuthorizedException',
    });
  });

  test('after the password, which has to be right', async (t) => {
    await open(t);
    const begin = (password: string) =>
      signIn({ username: 'ann', password, options: { authFlowType: 'CUSTOM_WITH_SRP' } });
    await assert.rejects(begin('Wrong-Horse-7'), { name: 'NotAuthorizedException' });
    assertRiddle(await begin(PASSWORD));
    assert.deepEqual(await confirmSignIn({ challengeResponse: ANSWER }), DONE);
    assert.equal((await getCurrentUser()).username, 'ann');
  });
});
