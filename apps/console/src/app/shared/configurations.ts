import type { UserPoolClientType, UserPoolType } from '@poolhouse/model';

/** What configurations are made of: what the server says of a pool and an app client, and where it is. */
export interface ConfigurationFacts {
  readonly pool: UserPoolType;
  /** Absent while the pool has none. */
  readonly client: UserPoolClientType | undefined;
  /** The server's address. */
  readonly endpoint: string;
}

/** Configuration to paste into one kind of application. */
export interface Configuration {
  readonly id: 'angular' | 'starter' | 'amplify' | 'express' | 'sdk' | 'cli';
  readonly title: string;
  /** The file that it belongs into, or what it needs. */
  readonly where: string;
  readonly text: string;
  /** What to mind, where something does not go without saying. */
  readonly note?: string;
}

/** The facts in the words of the kits. */
interface Settings {
  readonly poolId: string;
  readonly region: string;
  readonly clientId: string;
  readonly endpoint: string;
  readonly hasSecret: boolean;
}

/** Ready-to-paste configuration for each kind of application. The secret is never in it. */
export function configurationsOf(facts: ConfigurationFacts): readonly Configuration[] {
  const settings = settingsOf(facts);
  const onServers = [express(settings), sdk(settings), cli(settings)];
  // A secret in a browser is no secret: such a client is for servers.
  return settings.hasSecret
    ? onServers
    : [angular(settings), starter(settings), amplify(settings), ...onServers];
}

function settingsOf({ pool, client, endpoint }: ConfigurationFacts): Settings {
  const poolId = pool.Id ?? '';
  return {
    poolId,
    region: poolId.split('_')[0] ?? '',
    clientId: client?.ClientId ?? 'CLIENT_ID',
    endpoint,
    hasSecret: client?.ClientSecret !== undefined,
  };
}

function angular({ poolId, clientId, endpoint }: Settings): Configuration {
  return {
    id: 'angular',
    title: 'Angular',
    where: 'app.config.ts',
    text: `import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { poolhouseInterceptor, providePoolhouse } from '@poolhouse/angular';

export const appConfig = {
  providers: [
    providePoolhouse({
      userPoolId: '${poolId}',
      clientId: '${clientId}',
      endpoint: '${endpoint}', // leave it out for Amazon Cognito
    }),
    provideHttpClient(withInterceptors([poolhouseInterceptor])),
  ],
};`,
    note: 'The pool tells the application its sign-in names, its password policy and the like. Amazon Cognito does not: there they stand here too.',
  };
}

function starter({ poolId, region, clientId, endpoint }: Settings): Configuration {
  return {
    id: 'starter',
    title: 'Starter',
    where: 'examples/starter/poolhouse.config.json',
    text: JSON.stringify({ region, userPoolId: poolId, clientId, endpoint }, undefined, 2),
    note: `Or, without a file: npm start -- --pool ${poolId} --client ${clientId}`,
  };
}

function amplify({ poolId, clientId, endpoint }: Settings): Configuration {
  return {
    id: 'amplify',
    title: 'Amplify',
    where: 'main.ts',
    text: `import { Amplify } from 'aws-amplify';

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: '${poolId}',
      userPoolClientId: '${clientId}',
      userPoolEndpoint: '${endpoint}', // leave it out for Amazon Cognito
    },
  },
});`,
  };
}

function express({ poolId, clientId, endpoint }: Settings): Configuration {
  return {
    id: 'express',
    title: 'Express',
    where: 'server.js',
    text: `import express from 'express';
import { authOf, poolhouse } from '@poolhouse/express';

const { requireAuth } = poolhouse({
  pools: [
    {
      userPoolId: '${poolId}',
      clientIds: ['${clientId}'],
      endpoint: '${endpoint}', // leave it out for Amazon Cognito
    },
  ],
});
const app = express();
app.get('/me', requireAuth(), (req, res) => res.json({ username: authOf(req).username }));
app.listen(3000);`,
  };
}

function sdk({ poolId, region, endpoint, hasSecret }: Settings): Configuration {
  return {
    id: 'sdk',
    title: 'AWS SDK',
    where: 'with an access key of the server',
    text: `import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';

const pool = new CognitoIdentityProviderClient({
  region: '${region}',
  endpoint: '${endpoint}', // leave it out for Amazon Cognito
});
const { Users } = await pool.send(new ListUsersCommand({ UserPoolId: '${poolId}' }));
console.log(Users);`,
    ...(hasSecret && {
      note: 'Requests of this client carry a SECRET_HASH. Keep the secret in the environment, not in the code.',
    }),
  };
}

function cli({ poolId, region, clientId, endpoint }: Settings): Configuration {
  return {
    id: 'cli',
    title: 'AWS CLI',
    where: 'with an access key of the server',
    text: `aws cognito-idp describe-user-pool-client \\
  --endpoint-url ${endpoint} \\
  --region ${region} \\
  --user-pool-id ${poolId} \\
  --client-id ${clientId}`,
  };
}
