import { glossary } from '../../../shared/glossary.ts';

/** Texts of the step of the app client, ready to be translated. */
export const clientTexts = {
  step: 'App client',
  title: 'Which application may sign people in?',
  hint: 'An app client is an application’s entry to the pool. Each application gets its own; more can be added later.',
  with: {
    title: 'Create an app client now',
    hint: 'Without one, no application can use the pool yet.',
  },
  name: 'App client name',
  nameHint:
    'Such as “web”, “ios” or “back office”. People see it on the page that confirms their account.',
  returnUrl: 'Return URL',
  returnUrlHint:
    'Optional. Where people come back to after a page of this server, such as the one behind the link in the mail. Without a web address here, that page has no way back.',
  secretTitle: 'Where does it run?',
  public: {
    title: 'In browsers or on phones: no secret',
    hint: 'Everybody can read what is in such an application, so a secret would be none. Angular, Amplify and apps need this.',
  },
  secret: {
    title: 'On a server of yours: with a secret',
    hint: 'Each request must prove that it knows the secret. It never belongs into a browser; sign-in from one fails with it.',
  },
  secretFixed: 'Never changes later: whoever needs the other kind makes another client.',
  flows: 'How may it sign people in?',
  srp: {
    title: glossary.flowSrp,
    hint: 'The password is proved, and never leaves the device (secure remote password). What the Angular kit and Amplify use.',
  },
  password: {
    title: glossary.flowPassword,
    hint: 'The application sends both, over TLS. For scripts, and servers that sign people in.',
  },
  adminPassword: {
    title: glossary.flowAdminPassword,
    hint: 'Only with an access key: for a back end that signs people in itself.',
  },
  lifetimes: 'How long do tokens live?',
  access: 'Access token',
  id: 'ID token',
  refresh: 'Refresh token',
  lifetimesHint:
    'The refresh token decides how long somebody stays signed in; the others are renewed with it until then.',
  rotation: {
    title: 'A refresh token works once',
    hint: 'Each use brings a new one, so a stolen one is noticed and ends the session; 60 seconds of grace for lost answers. Older Amplify and amazon-cognito-identity-js cannot do this.',
  },
  hide: {
    title: 'Do not tell whether an account exists',
    hint: 'A wrong name and a wrong password are answered alike, so nobody can collect your users’ names.',
  },
  access_: 'What may it see and change of a user?',
  readAll: 'All attributes may be read',
  readSome: 'Only some may be read',
  readable: 'May read',
  writable: 'May write',
  writableHint:
    'With a user’s own token the application may write these. Never let it write what decides about rights, such as a plan or a role.',
  note: {
    title: 'Secret or none?',
    text: 'If you are not sure: none. It cannot be changed later.',
  },
} as const;
