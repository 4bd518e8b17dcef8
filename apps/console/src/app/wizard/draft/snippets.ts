import type { Choices } from './choices.ts';
import { cliCommand } from './cli-command.ts';
import type { Draft } from './draft.ts';

/** What a configuration is written with. */
export interface SnippetFacts {
  readonly endpoint: string;
  readonly region: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
}

/** A piece to paste. */
export interface Snippet {
  readonly id: 'angular' | 'express' | 'amplify' | 'sdk' | 'cli';
  readonly title: string;
  readonly where: string;
  readonly text: string;
}

/** Configurations to paste, and the commands that would have made the same. */
export function snippetsOf(draft: Draft, facts: SnippetFacts): readonly Snippet[] {
  return [
    ...(facts.hasSecret ? [] : [angular(draft, facts)]),
    express(facts),
    ...(facts.hasSecret ? [] : [amplify(facts)]),
    sdk(facts),
    cli(draft, facts),
  ];
}

function angular({ choices }: Draft, { poolId, clientId, endpoint }: SnippetFacts): Snippet {
  const names = {
    username: ['username', ...choices.aliases],
    email: ['email'],
    phone: ['phone_number'],
    'email-or-phone': ['email', 'phone_number'],
  }[choices.signInWith];
  const lines = [
    `userPoolId: '${poolId}',`,
    `clientId: '${clientId}',`,
    `endpoint: '${endpoint}', // leave it out for Amazon Cognito`,
    `signInNames: [${names.map((name) => `'${name}'`).join(', ')}],`,
    ...(choices.srp ? [] : [`signInFlow: 'password',`]),
    ...(choices.verifyBy === 'link' ? [`signUpVerification: 'link',`] : []),
    ...passwordLines(choices),
    ...signUpLines(choices),
  ];
  return {
    id: 'angular',
    title: 'Angular',
    where: 'app.config.ts',
    text: `import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { poolhouseInterceptor, providePoolhouse } from '@poolhouse/angular';

export const appConfig = {
  providers: [
    providePoolhouse({
      ${lines.join('\n      ')}
    }),
    provideHttpClient(withInterceptors([poolhouseInterceptor])),
  ],
};`,
  };
}

/** A browser cannot ask the pool for its rules: those that are not Cognito's defaults are told to the kit. */
function passwordLines(choices: Choices): readonly string[] {
  const rules = [
    ...(choices.minimumLength === 8 ? [] : [`minimumLength: ${choices.minimumLength}`]),
    ...(choices.lowercase ? [] : ['requireLowercase: false']),
    ...(choices.uppercase ? [] : ['requireUppercase: false']),
    ...(choices.numbers ? [] : ['requireNumbers: false']),
    ...(choices.symbols ? [] : ['requireSymbols: false']),
  ];
  if (rules.length === 0) return [];
  return ['passwordPolicy: {', ...rules.map((rule) => `  ${rule},`), '},'];
}

/** What the sign-up screen asks for, where it is more or less than an email address. */
function signUpLines({ selfSignUp, signInWith, required }: Choices): readonly string[] {
  if (!selfSignUp) return ['signUp: { open: false },'];
  const usual = signInWith === 'email' ? [] : ['email'];
  if (required.length === usual.length && usual.every((name) => required.includes(name))) return [];
  return [`signUp: { attributes: [${required.map((name) => `'${name}'`).join(', ')}] },`];
}

function express({ poolId, clientId, endpoint }: SnippetFacts): Snippet {
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
app.get('/me', requireAuth(), (req, res) => res.json({ username: authOf(req).username }));`,
  };
}

function amplify({ poolId, clientId, endpoint }: SnippetFacts): Snippet {
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

function sdk({ poolId, region, endpoint }: SnippetFacts): Snippet {
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
const { Users } = await pool.send(new ListUsersCommand({ UserPoolId: '${poolId}' }));`,
  };
}

function cli(draft: Draft, { endpoint, region, poolId }: SnippetFacts): Snippet {
  const target = { endpoint, region };
  const client = draft.toCreateUserPoolClient(poolId);
  return {
    id: 'cli',
    title: 'AWS CLI',
    where: 'makes the same again',
    text: [
      cliCommand('create-user-pool', draft.toCreateUserPool(), target),
      ...(client ? [cliCommand('create-user-pool-client', client, target)] : []),
    ].join('\n\n'),
  };
}
