import { badAdministratorName } from '../../shared/checks/administrator-name';
import { ruleTexts } from '../../shared/checks/administrator-password';

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
  save: 'Save and continue',
  needsSetUp: 'Nobody owns this server yet.',
  needsSetUpHint:
    'The server printed a link when it started: open it to create the first account. It works once, within an hour; restarting the server prints a new one.',
  lostTitle: 'You are signed out',
  lostHint: 'The session ended. Sign in again to continue where you were.',
  leave: 'Leave the page',
  setUpTitle: 'Make the first account',
  setUpHint: 'You will own this server: its pools, their users, and who else may use the console.',
  email: 'Email',
  emailHint: 'Can be used to sign in instead of the name. Nothing is sent to it.',
  nameHint: 'Up to 128 characters, without spaces.',
  rulesHint:
    'A few words that only you would combine are stronger than a short, complicated password.',
  badName: badAdministratorName,
  badEmail: 'Enter an email address, such as mara@example.com.',
  badPassword: ruleTexts.unmet,
  create: 'Create account and sign in',
  noToken: 'This page needs the link that the server printed when it started.',
  badInvitation:
    'This link no longer works: it was used, it was replaced by a newer one, or it is over 7 days old. Ask an owner for another one, or sign in.',
  done: 'The account was created. Sign in with it.',
} as const;
