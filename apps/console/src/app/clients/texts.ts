import { glossary } from '../shared/glossary.ts';
import type { TimeUnitsType } from '@poolhouse/model';
import type { ClientProblem, Flow } from './client-draft.ts';

/** Texts of the app clients' pages, ready to be translated. */
export const clientTexts = {
  title: 'App clients',
  lead: 'The applications that may use this pool, each with its own id and rules.',
  create: 'Create app client',
  emptyHead: 'No application can reach this pool yet',
  empty:
    'Create an app client for each application: without a secret for browsers and phones, with a secret for servers.',
  client: 'App client',
  id: 'Client id',
  copyId: (name: string) => `Copy the client id of ${name}`,
  name: 'Name',
  nameHint: 'People see it on the page that confirms their account.',
  kindHead: 'Where does it run?',
  browser: 'In browsers or on phones',
  browserHint: 'Without a secret: anyone can read what a browser receives.',
  server: 'On your own server',
  serverHint:
    'With a secret that authenticates the server’s requests. A client without one can never get one; one that has it can exchange it.',
  secretHead: (name: string) => `${name} is created`,
  secretOnce:
    'The client’s secret. Put it where your server reads its secrets; owners can look it up on the app client’s page.',
  copySecret: 'Copy the secret',
  open: 'Open the app client',
  back: 'App clients',
  gone: 'There is no such app client',
  goneLead: 'It may have been deleted, or the address of this page is not complete.',
  facts: 'Identity',
  secret: 'Client secret',
  noSecret: 'none',
  secrets: 'Secrets',
  secretsLead:
    'Two may be valid at once: add one, give it to every instance of your server, then delete the older one.',
  newest: 'Newest secret',
  older: 'Older secret',
  addSecret: 'Add a secret',
  twoSecrets: 'An app client has at most two: delete one before you add another.',
  deleteNewest: 'Delete the newest',
  deleteOlder: 'Delete the older',
  deleteSecret: 'Delete secret',
  deleteSecretHead: 'Delete this secret?',
  deleteSecretWords: 'It was made',
  deleteSecretEnd:
    'Servers that still use it are refused at once; the other one stays valid. This cannot be undone.',
  secretDeleted: 'The secret is deleted.',
  secretAdded: 'A secret is added',
  secretAddedLead:
    'Give it to every instance of your server. The other one stays valid until you delete it.',
  show: 'Show',
  hide: 'Hide',
  masked: 'Only owners see it.',
  created: 'Created',
  changed: 'Changed',
  flows: 'Ways to sign in',
  flowsLead: 'Allow only what this application uses.',
  onlyPasswords: 'This pool allows nothing but passwords so far.',
  toSignIn: 'Open the page Sign-in',
  rotated:
    'Because a refresh token works once here (see “Protection”), applications refresh by GetTokensFromRefreshToken instead.',
  lifetimes: 'Token lifetimes',
  lifetimesLead:
    'A short-lived access token is worth less if it is stolen; the refresh token decides how often people sign in.',
  access: 'Access token',
  idToken: 'ID token',
  refresh: 'Refresh token',
  session: 'Time for one step of a sign-in, in minutes',
  sessionHint: '3 to 15. For codes and new passwords.',
  unit: (name: string) => `Unit of ${name.toLowerCase()}`,
  protection: 'Protection',
  hides: 'Do not reveal who has an account',
  hidesHint: 'Wrong passwords and unknown names get the same answer. Recommended.',
  revokes: 'Tokens can be revoked',
  revokesHint:
    'Signing out ends the refresh token at once; access and ID tokens stay valid elsewhere until they expire. Recommended.',
  rotates: 'A refresh token works once',
  rotatesHint:
    'Each refresh issues a new one, so a stolen token is noticed. Applications must use GetTokensFromRefreshToken.',
  grace: 'Seconds that the old token still works',
  graceHint: '0 to 60. In case the response to a refresh gets lost.',
  loginPages: 'Login pages',
  loginPagesLead:
    'For how long an earlier sign-in at the login pages lets people in without asking again. Stored but not used yet: this server has no login pages.',
  validity: 'Minutes',
  validityHint: '0 to 129600 (90 days). 0 asks each time.',
  saveLoginPages: 'Save the minutes',
  validityProblem: 'Enter a number from 0 to 129600.',
  urls: 'Addresses of the application',
  urlsLead: 'https, or http on this computer; mobile apps may have their own scheme.',
  callbacks: 'Callback URLs',
  callbacksHint: 'One per line. Where the server’s pages may send people back to.',
  defaultCallback: 'Default redirect URL',
  defaultCallbackHint:
    'Where the page that confirms an account links back to. Without one, it links to the site of the first https callback.',
  noDefault: 'None',
  signOuts: 'Sign-out URLs',
  signOutsHint: 'One per line. Stored but not used yet: this server has no sign-out page.',
  attributes: 'Attributes it may read and change',
  attributesLead:
    'When people who are signed in with this client read or change their own profile.',
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
  deleteLead: 'Applications with this id can no longer sign anyone in.',
  deleteWords:
    'Sessions that began with this client can no longer be renewed; tokens already issued stay valid until they expire. The id cannot be restored. This cannot be undone.',
  deleted: (name: string) => `App client ${name} is deleted.`,
} as const;

export const flowTexts: Readonly<Record<Flow, readonly [string, string]>> = {
  ALLOW_USER_AUTH: [
    glossary.flowChoice,
    'People choose among the first factors of the pool: a password, a passkey, a code. Passkeys and codes in place of a password need this.',
  ],
  ALLOW_USER_SRP_AUTH: [
    glossary.flowSrp,
    'The password never leaves the device. Recommended; the Angular kit and Amplify do this by default.',
  ],
  ALLOW_USER_PASSWORD_AUTH: [
    glossary.flowPassword,
    'The password is sent over TLS. The simplest to implement: for scripts, and servers that sign people in.',
  ],
  ALLOW_ADMIN_USER_PASSWORD_AUTH: [
    glossary.flowAdminPassword,
    'For back ends with an access key that sign people in on their behalf.',
  ],
  ALLOW_CUSTOM_AUTH: [
    'Challenges of your own',
    'Functions of the pool decide what is asked. Without them, or where the server cannot run them, sign-ins of this kind are refused.',
  ],
  ALLOW_REFRESH_TOKEN_AUTH: [
    'Refresh tokens',
    'New tokens without signing in again, until the refresh token ends. Without this, people sign in again whenever their access token ends.',
  ],
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
