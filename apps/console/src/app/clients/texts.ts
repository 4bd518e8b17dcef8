import { glossary } from '../shared/glossary.ts';
import type { TimeUnitsType } from '@poolhouse/model';
import type { ClientProblem, Flow } from './client-draft.ts';

/** Texts of the app clients' pages, ready to be translated. */
export const clientTexts = {
  title: 'App clients',
  lead: 'The applications that may talk to this pool, each with an id and rules of its own.',
  create: 'Create app client',
  emptyHead: 'No application can reach this pool yet',
  empty:
    'Make an app client for each application: one without a secret for browsers and phones, one with a secret for servers.',
  client: 'App client',
  id: 'Client id',
  copyId: (name: string) => `Copy the client id of ${name}`,
  name: 'Name',
  nameHint: 'People see it on the page that confirms their account.',
  kindHead: 'Where does it run?',
  browser: 'In browsers or on phones',
  browserHint: 'Without a secret: everybody can read what a browser gets.',
  server: 'On a server of yours',
  serverHint:
    'With a secret that the server signs its requests with. It cannot be added or taken away later.',
  secretHead: (name: string) => `${name} is created`,
  secretOnce:
    'The secret of the client. Put it where your server reads its secrets; owners can look it up on the page of the app client.',
  copySecret: 'Copy the secret',
  open: 'Open the app client',
  back: 'App clients',
  gone: 'There is no such app client',
  goneLead: 'It may have been deleted, or the address of this page is not complete.',
  facts: 'Identity',
  secret: 'Client secret',
  noSecret: 'none',
  show: 'Show',
  hide: 'Hide',
  masked: 'Only owners see it.',
  created: 'Created',
  changed: 'Changed',
  flows: 'Ways to sign in',
  flowsLead: 'Allow only what this application uses.',
  lifetimes: 'How long tokens live',
  lifetimesLead:
    'Short access tokens limit what a stolen one is worth; the refresh token decides how often people sign in.',
  access: 'Access token',
  idToken: 'ID token',
  refresh: 'Refresh token',
  session: 'Time for one step of a sign-in, in minutes',
  sessionHint: '3 to 15. For codes and new passwords.',
  unit: (name: string) => `Unit of ${name.toLowerCase()}`,
  protection: 'Protection',
  hides: 'Do not tell strangers who has an account',
  hidesHint: 'Wrong passwords and unknown names get the same answer. Advised.',
  revokes: 'Tokens can be revoked',
  revokesHint:
    'Signing out ends the refresh token at once; tokens that were given out before go on until they end. Advised.',
  rotates: 'A refresh token works once',
  rotatesHint:
    'Each refresh gives a new one, so that a stolen one is noticed. Applications must use GetTokensFromRefreshToken.',
  grace: 'Seconds that the old one still works',
  graceHint: '0 to 60. For answers that got lost on the way.',
  urls: 'Addresses of the application',
  urlsLead: 'https, or http on this very computer; apps may have a scheme of their own.',
  callbacks: 'Callback URLs',
  callbacksHint: 'One a line. Where pages of the server may lead people back to.',
  defaultCallback: 'Default redirect URL',
  defaultCallbackHint:
    'Where the page that confirms an account leads back to. Without one, that is the site of the first https callback.',
  noDefault: 'None',
  signOuts: 'Sign-out URLs',
  signOutsHint: 'One a line. Only kept so far: this server has no page to sign out on.',
  attributes: 'What it may read and change',
  attributesLead: 'For people who are signed in with this client, about themselves.',
  all: 'All attributes',
  chosen: 'Only these',
  read: 'Read',
  write: 'Change',
  configuration: 'Configuration to paste',
  configurationLead:
    'The same code runs against Amazon Cognito, with the ids of a pool there and without the endpoint.',
  copyCode: (title: string) => `Copy the configuration for ${title}`,
  danger: 'Danger zone',
  delete: 'Delete app client',
  deleteHead: (name: string) => `Delete ${name}?`,
  deleteLead: 'Applications with this id cannot sign anybody in any more.',
  deleteWords:
    'Sessions that began with this client cannot be renewed any more; tokens that are out go on until they end. The id never comes back. This cannot be undone.',
  deleted: (name: string) => `App client ${name} is deleted.`,
} as const;

export const flowTexts: Readonly<Record<Flow, readonly [string, string]>> = {
  ALLOW_USER_SRP_AUTH: [
    glossary.flowSrp,
    'The password never leaves the device. Advised; the Angular kit and Amplify do this by default.',
  ],
  ALLOW_USER_PASSWORD_AUTH: [
    glossary.flowPassword,
    'The password is sent over TLS. Simplest to write: for scripts, and servers that sign people in.',
  ],
  ALLOW_ADMIN_USER_PASSWORD_AUTH: [
    glossary.flowAdminPassword,
    'For back ends with an access key that sign people in on their behalf.',
  ],
  ALLOW_REFRESH_TOKEN_AUTH: ['Refresh tokens', 'New tokens without signing in again.'],
};

export const unitNames: Readonly<Record<TimeUnitsType, string>> = {
  seconds: 'seconds',
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
};

export const clientProblems: Readonly<Record<ClientProblem, string>> = {
  'no-name': 'Enter a name.',
  name: 'Use letters, digits, spaces and + = , . @ - _ only.',
  'no-flow': 'Allow at least one way to sign in.',
  'not-a-number': 'Enter a whole number.',
  day: 'Between 5 minutes and 1 day.',
  years: 'Between 1 hour and 10 years.',
  'refresh-shorter': 'The refresh token must live at least as long as the others.',
  session: 'Between 3 and 15 minutes.',
  grace: 'Between 0 and 60 seconds.',
};
