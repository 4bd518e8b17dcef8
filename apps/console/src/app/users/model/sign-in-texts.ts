import type { AuthFactorType, UserPoolMfaType } from '@poolhouse/model';
import { glossary } from '../../shared/glossary.ts';

/** Second factors that a user can have. */
export const secondFactors = ['SOFTWARE_TOKEN_MFA', 'SMS_MFA', 'EMAIL_OTP'] as const;

/** One of {@link secondFactors}. */
export type SecondFactor = (typeof secondFactors)[number];

/** Texts about how a user signs in, and about sessions, ready to be translated. */
export const signInTexts = {
  heading: 'Sign-in',
  lead: 'What this person can prove, and what a sign-in asks for after that.',
  ways: 'Has',
  waysHint: 'The pool and the app client decide which of these may be used.',
  noWays: 'nothing yet',
  factors: glossary.secondFactors,
  noFactors: 'None is turned on.',
  on: 'On',
  off: 'Set up, turned off',
  preferred: 'preferred',
  sessions: 'Sessions',
  sessionsLead: 'Where this person is signed in, newest first.',
  noSessions: 'Not signed in anywhere.',
  unknownDevice: 'Unknown device',
  lastActive: 'Active',
  began: 'Signed in',
  end: 'End',
  endOf: (device: string) => `End the session: ${device}`,
  endHeading: (device: string) => `End this session (${device})?`,
  endVerb: 'End the session',
  endWords:
    'The refresh token ends now. Access tokens stop working on this server at once; elsewhere they may be accepted until they expire. Other sessions go on. This cannot be undone.',
  ended: 'The session has ended.',
} as const;

/** What a first factor is called; an authenticator application is only ever a second one. */
export const wayNames: Readonly<Record<Exclude<AuthFactorType, 'SOFTWARE_TOKEN'>, string>> = {
  PASSWORD: 'a password',
  EMAIL_OTP: 'a verified email address',
  SMS_OTP: 'a verified phone number',
  WEB_AUTHN: 'a passkey',
};

/** What each second factor is, and what taking it away is called. */
export const factorTexts: Readonly<
  Record<
    SecondFactor,
    { name: string; meaning: string; verb: string; label: string; words: string; done: string }
  >
> = {
  SOFTWARE_TOKEN_MFA: {
    name: glossary.factorApp,
    meaning: 'Shows a new code every half minute.',
    verb: 'Remove',
    label: 'Remove the authenticator application',
    words:
      'For a phone that is lost or replaced. Its codes stop working now, and only the person can set up an application again. This cannot be undone.',
    done: 'The authenticator application is removed.',
  },
  SMS_MFA: {
    name: glossary.factorSms,
    meaning: 'A code is sent to the phone number.',
    verb: 'Turn off',
    label: 'Turn off codes by SMS',
    words: 'The phone number itself stays.',
    done: 'Codes by SMS are turned off.',
  },
  EMAIL_OTP: {
    name: glossary.factorEmail,
    meaning: 'A code is sent to the email address.',
    verb: 'Turn off',
    label: 'Turn off codes by email',
    words: 'The email address itself stays.',
    done: 'Codes by email are turned off.',
  },
};

/** What the pool asks of its users. */
export const mfaMeanings: Readonly<Record<UserPoolMfaType, string>> = {
  OFF: 'This pool asks nobody for a second factor.',
  OPTIONAL: 'This pool asks those for a second factor who have turned one on.',
  ON: 'This pool asks everybody for a second factor.',
};

/** What a sign-in is like once a second factor is taken away. */
export const afterwards: Readonly<Record<UserPoolMfaType, string>> = {
  OFF: 'Sign-in stays as it is, because this pool asks nobody for a second factor.',
  OPTIONAL:
    'If no other factor is on, the next sign-in asks for the first factor alone. Be sure that it is really them who asked for this.',
  ON: 'The next sign-in asks for another factor that they can answer: a code to their phone number or email address may be asked for even if it is turned off here. If there is none, they have to set one up; where text messages are the only factor, give them a phone number first.',
};
