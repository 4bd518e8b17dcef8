import { badAdministratorName } from '../../shared/administrator-name';
import { ruleTexts } from '../../shared/administrator-password';

/** Texts of signing in and setting up, ready to be translated. */
export const signInTexts = {
  title: 'Sign in to the console',
  hint: 'For the administrators of this server.',
  username: 'User name or email',
  password: 'Password',
  signIn: 'Sign in',
  working: 'One moment…',
  missingName: 'Enter your user name or email.',
  missingPassword: 'Enter your password.',
  newTitle: 'Choose your password',
  newHint: 'The one you signed in with was temporary.',
  newPassword: 'New password',
  save: 'Save and go on',
  needsSetUp: 'Nobody owns this server yet.',
  needsSetUpHint:
    'The server printed a link when it started: open it to make the first account. It works once, for an hour; starting the server again prints a new one.',
  lostTitle: 'You are signed out',
  lostHint: 'The session ended. Sign in again and this page goes on where it was.',
  leave: 'Leave the page',
  setUpTitle: 'Make the first account',
  setUpHint: 'You will own this server: its pools, their users, and who else may come in.',
  email: 'Email',
  emailHint: 'To tell you apart, and to sign in with in place of the name. Nothing is sent to it.',
  nameHint: 'Up to 128 characters, without spaces.',
  rulesHint: 'A few words that only you put together are stronger than a short riddle.',
  badName: badAdministratorName,
  badEmail: 'Enter an email address, such as mara@example.com.',
  badPassword: ruleTexts.unmet,
  create: 'Create account and sign in',
  noToken: 'This page needs the link that the server printed when it started.',
  badInvitation:
    'This link works no longer: it was used, a newer one was made, or it is over 7 days old. Ask an owner for another one, or sign in.',
  done: 'The account is there. Sign in with it.',
} as const;
