/** Clients prove a password for the name that the challenge returns, USER_ID_FOR_SRP, while people type theirs in any case. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import {
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import { startServer } from './server-under-test.ts';
import { makeTutorialPool, makeUser, PASSWORD } from './tutorial-pool.ts';

const server = await startServer();
after(() => server.remove());
const aws = server.client();
const pool = await makeTutorialPool(
  aws,
  { UsernameConfiguration: { CaseSensitive: false } },
  { PreventUserExistenceErrors: 'ENABLED' },
);
const { UserPoolId, ClientId } = pool;
await makeUser(aws, UserPoolId, 'Ada');

/** What each client's access token says about the user who signed in. */
const clients: Readonly<Record<string, (username: string) => Promise<unknown>>> = {
  async 'aws-amplify'(username) {
    Amplify.configure({
      Auth: {
        Cognito: {
          userPoolId: UserPoolId,
          userPoolClientId: ClientId,
          userPoolEndpoint: server.url,
        },
      },
    });
    await signIn({ username, password: PASSWORD, options: { authFlowType: 'USER_SRP_AUTH' } });
    const { tokens } = await fetchAuthSession();
    await signOut();
    return tokens?.accessToken.payload['username'];
  },

  'amazon-cognito-identity-js'(Username) {
    const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint: server.url });
    const user = new CognitoUser({ Username, Pool });
    user.setAuthenticationFlowType('USER_SRP_AUTH');
    return new Promise((resolve, reject) => {
      user.authenticateUser(new AuthenticationDetails({ Username, Password: PASSWORD }), {
        onSuccess: (session) => resolve(session.getAccessToken().payload['username']),
        onFailure: reject,
      });
    });
  },

  async 'cognito-srp-helper'(USERNAME) {
    const session = createSrpSession(USERNAME, PASSWORD, UserPoolId, false);
    const start = { ClientId, AuthFlow: 'USER_SRP_AUTH' as const, AuthParameters: { USERNAME } };
    const started = await aws.initiateAuth(wrapInitiateAuth(session, start));
    const answered = await aws.respondToAuthChallenge(
      wrapAuthChallenge(signSrpSession(session, started), {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER' as const,
        // As it was typed: the library's own example sends that.
        ChallengeResponses: { USERNAME },
      }),
    );
    const { AccessToken } = answered.AuthenticationResult ?? {};
    return (await aws.getUser({ AccessToken })).Username;
  },
};

for (const [client, userSignedIn] of Object.entries(clients)) {
  test(`${client} signs in whatever case the name and the address are typed in`, async () => {
    for (const typed of ['Ada', 'ada', 'ADA', 'aDA@Example.com']) {
      assert.equal(await userSignedIn(typed), 'Ada', typed);
    }
  });
}
