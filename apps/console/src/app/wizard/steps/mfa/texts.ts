import { factorChoices, mfaLevels, onlySmsText } from '../../../shared/factor-texts.ts';
import { glossary } from '../../../shared/glossary.ts';

/** Texts of the step of second factors and verification, ready to be translated. */
export const mfaTexts = {
  step: 'MFA and verification',
  title: 'How do people prove who they are?',
  hint: 'A second factor protects accounts whose password was guessed or stolen. A verified address lets people back in. All of this can be changed later.',
  mfa: `${glossary.secondFactor} (MFA)`,
  levels: { off: mfaLevels.OFF, optional: mfaLevels.OPTIONAL, required: mfaLevels.ON },
  factors: 'Which ones?',
  factor: factorChoices,
  conflict: 'This does not go with how people get back in: see “If the password is lost” below.',
  onlySms: onlySmsText,
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
