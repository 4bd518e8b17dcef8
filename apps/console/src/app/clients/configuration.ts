/** What applications need to know to use an app client. */
export interface ClientFacts {
  readonly userPoolId: string;
  readonly clientId: string;
  /** The server's address. */
  readonly endpoint: string;
  readonly hasSecret: boolean;
}

/** Configuration to paste into one kind of application. */
export interface Configuration {
  readonly title: string;
  readonly code: string;
  /** What to mind, where something does not go without saying. */
  readonly note?: string;
}

/** Ready-to-paste configuration for each kind of application. The secret is never in it. */
export function configurationsFor(facts: ClientFacts): readonly Configuration[] {
  const { userPoolId, clientId, endpoint, hasSecret } = facts;
  const region = userPoolId.split('_')[0] ?? '';
  const inBrowsers: readonly Configuration[] = [
    {
      title: 'Angular',
      code: `// app.config.ts
import { providePoolhouse } from '@poolhouse/angular';

providePoolhouse({
  userPoolId: '${userPoolId}',
  clientId: '${clientId}',
  endpoint: '${endpoint}',
}),`,
    },
    {
      title: 'Amplify',
      code: `import { Amplify } from 'aws-amplify';

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: '${userPoolId}',
      userPoolClientId: '${clientId}',
      userPoolEndpoint: '${endpoint}',
    },
  },
});`,
    },
  ];
  const onServers: readonly Configuration[] = [
    {
      title: 'Express',
      code: `import { poolhouse } from '@poolhouse/express';

const { requireAuth } = poolhouse({
  pools: [
    {
      userPoolId: '${userPoolId}',
      clientIds: ['${clientId}'],
      endpoint: '${endpoint}',
    },
  ],
});`,
    },
    {
      title: 'AWS SDK',
      code: `import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

const pool = new CognitoIdentityProviderClient({
  region: '${region}',
  endpoint: '${endpoint}',
});
// UserPoolId: '${userPoolId}', ClientId: '${clientId}'`,
      note: hasSecret
        ? 'Requests of this client carry a SECRET_HASH. Keep the secret in the environment, not in the code.'
        : undefined,
    },
    {
      title: 'AWS CLI',
      code: `aws cognito-idp describe-user-pool-client \\
  --endpoint-url ${endpoint} \\
  --region ${region} \\
  --user-pool-id ${userPoolId} \\
  --client-id ${clientId}`,
    },
  ];
  // A secret in a browser is no secret: such a client is for servers.
  return hasSecret ? onServers : [...inBrowsers, ...onServers];
}
