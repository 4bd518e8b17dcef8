import { glossary } from '../../../shared/glossary.ts';
import type { Factor } from '../../draft/choices.ts';

/** What each second factor is called. */
export const factorNames: Readonly<Record<Factor, string>> = {
  app: glossary.factorApp,
  sms: glossary.factorSms,
  email: glossary.factorEmail,
};

/** Texts of the step of second factors and verification, ready to be translated. */
export const mfaTexts = {
  step: 'MFA and verification',
  title: 'How do people prove who they are?',
  hint: 'A second factor protects accounts whose password was guessed or stolen. A verified address lets people back in. All of this can be changed later.',
  mfa: `${glossary.secondFactor} (MFA)`,
  levels: {
    off: {
      title: 'Off',
      hint: 'Nobody is asked for more than their password.',
    },
    optional: {
      title: 'Optional',
      hint: 'Whoever has turned one on is asked for it. We recommend this as soon as your application has screens for it; the Angular kit has them.',
    },
    required: {
      title: 'Required',
      hint: 'Everybody is asked. Who has none yet sets one up during sign-in, before there are any tokens; applications without screens for that let nobody in.',
    },
  },
  factors: 'Which ones?',
  factor: {
    app: {
      title: factorNames.app,
      hint: 'An application on a phone or computer shows a new code every half minute. It costs nothing and needs no network.',
    },
    sms: {
      title: factorNames.sms,
      hint: 'To the phone number, at each sign-in. Each message costs money, and numbers can be taken over at the phone company.',
    },
    email: {
      title: factorNames.email,
      hint: 'To the email address, at each sign-in. Protects as much as the mailbox is protected.',
    },
  },
  conflict: 'This does not go with how people get back in: see “If the password is lost” below.',
  onlySms:
    'With SMS as the only factor, people without a phone number cannot sign in until an administrator or your application gives them one.',
  verify: 'Verify at sign-up',
  verifyHint:
    'Until an address is verified, it cannot be used to recover an account, or to sign in instead of a user name.',
  email: {
    title: 'Email addresses',
    hint: 'A message is sent when somebody signs up or changes the address.',
  },
  phone: {
    title: 'Phone numbers',
    hint: 'By SMS, which costs money. If a user has both, the phone number is verified at sign-up.',
  },
  keep: {
    title: glossary.addressLater,
    hint: 'Until then the old address keeps working, so a typo locks nobody out.',
  },
  recovery: 'If the password is lost',
  recoveries: {
    email: { title: 'A code by email', hint: 'To the verified address.' },
    phone: {
      title: 'A code by SMS',
      hint: 'To the verified number. Numbers can pass to other people: email is safer.',
    },
    'email-phone': {
      title: 'Email, otherwise SMS',
      hint: 'SMS only for people without a verified email.',
    },
    'phone-email': {
      title: 'SMS, otherwise email',
      hint: 'Email only for people without a verified number.',
    },
    admin: { title: 'Ask an administrator', hint: 'Nobody can recover an account without help.' },
  },
  smsSender: 'SMS',
  smsRole: glossary.smsRole,
  smsRoleHint:
    'Only stored, so that the same settings create the same pool at AWS, where this role needs sns:Publish. It is not a role of your users: those belong to groups.',
  smsExternalId: glossary.smsExternalId,
  smsExternalIdHint: 'AWS passes it when it assumes the role; the role’s trust policy checks it.',
  smsMake: 'Fill in an example',
  note: {
    title: 'Which second factor?',
    text: 'We recommend an authenticator application: nothing is sent, so nothing can be intercepted, and it works without a network. SMS reaches everybody, but numbers can be taken over.',
  },
} as const;
