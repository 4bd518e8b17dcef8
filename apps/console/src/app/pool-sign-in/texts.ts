import type { ChoiceWords } from '../shared/factor-texts.ts';
import { recoveryConflicts } from '../shared/factor-texts.ts';
import { glossary } from '../shared/glossary.ts';
import type { SignInChange } from './sign-in-draft.ts';
import type { SignInProblem } from './sign-in-problems.ts';
import type { FirstFactor, Remembering } from './sign-in-values.ts';

/** Texts of the page of a pool's sign-in, ready to be translated. */
export const signInTexts = {
  title: 'Sign-in',
  lead: 'What people prove to get in. Each application allows its own choice of these on the page of its app client.',
  first: 'First factors',
  firstLead: `What a sign-in begins with. Where more than a password is allowed, applications whose app client has “${glossary.flowChoice}” let people choose.`,
  password: { title: 'A password', hint: 'Always allowed.' },
  second: glossary.secondFactors,
  secondLead:
    'What is asked for after that, so that a password that was guessed or stolen is not enough. Sessions that have begun go on.',
  factors: 'Which ones?',
  toSettings: 'Open the settings',
  passkeys: 'Passkeys',
  passkeysLead:
    'A key in a device or a password manager, in place of a password. Nobody can guess it, and a false page cannot ask for it.',
  passkeysOff:
    'Nobody can register or use a passkey in this pool yet: allow it above as a first factor, or let it count as two factors.',
  domain: 'Domain',
  domainHint:
    'Such as example.com: your pages there and on its subdomains can use the passkeys. If empty, the host of this server’s public address. Choose it before people register passkeys.',
  domainChange:
    'Passkeys that people have registered for the domain before are neither asked for nor accepted any more.',
  verifies: 'Only passkeys that verify their user',
  verifiesHint: 'By a finger, a face or a PIN. Otherwise the device decides.',
  both: 'A passkey counts as two factors',
  bothHint:
    'The device is one, and the finger, face or PIN the other: users are then always verified. Recommended where a second factor is required.',
  devices: 'Remembered devices',
  devicesLead:
    'A device that somebody has signed in with can be recognised again, if the application takes part.',
  devicesChange:
    'From then on a refresh token belongs to its device: applications that never confirm the device cannot refresh, and people sign in anew.',
  deviceFactor: 'A remembered device needs no second factor',
  deviceFactorHint:
    'The device stands in for a code from an application or by SMS; a code by email is asked for all the same. Where people share computers, let them choose above which ones are remembered.',
  sessions: 'Sessions',
  sessionsLead:
    'Every sign-in begins a session. Where they are tracked, people and administrators see on which devices somebody is signed in, and end sessions one by one.',
  tracks: 'Track sessions',
  tracksHint: 'Recommended. Each refresh is then noted as a use.',
  most: 'Sessions that one person may have',
  mostHint:
    '1 to 100. A sign-in beyond it ends the session that was not used for the longest time.',
  changedMeanwhile:
    'Somebody else has changed this pool since this page was opened. Discard your changes to see what it has now, then make them again. Nothing was saved.',
  savedInPart: (saved: string, problem: string) => `${problem} This was saved: ${saved}.`,
} as const;

export const firstChoices: Readonly<Record<FirstFactor, ChoiceWords>> = {
  WEB_AUTHN: {
    title: 'A passkey',
    hint: 'Nothing to remember, and nothing that a false page could steal. Recommended beside the password.',
  },
  EMAIL_OTP: {
    title: glossary.factorEmail,
    hint: 'In place of a password, to the verified address. Protects as much as the mailbox is protected.',
  },
  SMS_OTP: {
    title: glossary.factorSms,
    hint: 'In place of a password, to the verified number. Each message costs money, and numbers can be taken over at the phone company.',
  },
};

export const rememberChoices: Readonly<Record<Remembering, ChoiceWords>> = {
  no: { title: 'Remember none', hint: 'Each sign-in is as if from a new device.' },
  always: {
    title: 'Remember each',
    hint: 'Every device that the application confirms. Only where people do not share computers.',
  },
  asks: {
    title: 'Remember those that people choose',
    hint: 'The application asks, because people know which devices are their own. Recommended.',
  },
};

/** What a request has saved, within a sentence. */
export const partNames: Readonly<Record<SignInChange['part'], string>> = {
  pool: 'first factors and remembered devices',
  mfa: 'second factors and passkeys',
  sessions: 'sessions',
};

export const signInProblems: Readonly<Record<SignInProblem, string>> = {
  'no-factor': 'Choose at least one, or turn the second factor off.',
  'sms-first': 'For codes by SMS, first name the role that sends them on the page Settings.',
  'sms-second': 'For codes by SMS, first name the role that sends them on the page Settings.',
  'codes-beside-mfa':
    'Where a second factor is required, a code cannot be the first one: take it out here, or make the second factor optional.',
  'passkey-beside-mfa':
    'Where a second factor is required, a passkey must count as two factors: tick that under “Passkeys” below.',
  'recovery-email': `${recoveryConflicts.email} Recovery is on the page Settings.`,
  'recovery-sms': `${recoveryConflicts.sms} Recovery is on the page Settings.`,
  domain: 'A domain is written like example.com, without https:// and without a path.',
  'most-sessions': 'Enter a number from 1 to 100.',
};
