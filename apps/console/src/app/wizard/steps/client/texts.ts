import { glossary } from '../../../shared/glossary.ts';

/** Texts of the step of the app client, ready to be translated. */
export const clientTexts = {
  step: 'App client',
  title: 'Which application may sign people in?',
  hint: 'An app client gives an application access to the pool. Each application gets its own; you can add more later.',
  with: {
    title: 'Create an app client now',
    hint: 'Without one, no application can use the pool yet.',
  },
  name: 'App client name',
  nameHint:
    'Such as “web”, “ios” or “back office”. People see it on the page that confirms their account.',
  returnUrl: 'Return URL',
  returnUrlHint:
    'Optional. Where pages of this server, such as the one that the link in the mail opens, send people back to. Without a web address here, they cannot link back.',
  secretTitle: 'Where does it run?',
  public: {
    title: 'In browsers or on phones: no secret',
    hint: 'Anyone can read what is in such an application, so it cannot keep a secret. Angular, Amplify and mobile apps need this.',
  },
  secret: {
    title: 'On your own server: with a secret',
    hint: 'Each request must prove that it knows the secret. Never put it into a browser; sign-in from there fails.',
  },
  secretFixed: 'This cannot be changed later. If you need the other kind, create another client.',
  flows: 'How may it sign people in?',
  srp: {
    title: glossary.flowSrp,
    hint: 'The device proves the password without sending it (Secure Remote Password). The Angular kit and Amplify use this.',
  },
  password: {
    title: glossary.flowPassword,
    hint: 'The application sends both, over TLS. For scripts, and servers that sign people in.',
  },
  adminPassword: {
    title: glossary.flowAdminPassword,
    hint: 'Only with an access key: for a back end that signs people in itself.',
  },
  lifetimes: 'How long are tokens valid?',
  access: 'Access token',
  id: 'ID token',
  refresh: 'Refresh token',
  lifetimesHint:
    'The refresh token decides how long people stay signed in; until then it renews the other tokens.',
  rotation: {
    title: 'A refresh token works once',
    hint: 'Each use returns a new one, so a stolen token is noticed and the session ends. The old one works for 60 more seconds, in case the response gets lost. Older versions of Amplify and amazon-cognito-identity-js do not support this.',
  },
  hide: {
    title: 'Do not reveal whether an account exists',
    hint: 'A wrong name and a wrong password get the same answer, so nobody can collect your users’ names.',
  },
  access_: 'Which attributes of a user may it read and change?',
  readAll: 'All attributes may be read',
  readSome: 'Only some may be read',
  readable: 'May read',
  writable: 'May write',
  writableHint:
    'With a user’s own token the application may write these. Do not let it write attributes that decide what the user may do, such as a plan or a role.',
  note: {
    title: 'With or without a secret?',
    text: 'If you are not sure, choose none. It cannot be changed later.',
  },
} as const;
