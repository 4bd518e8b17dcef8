import { attributeName, glossary } from '../../../shared/glossary.ts';

/** Texts of the step of sign-in and attributes, ready to be translated. */
export const attributesTexts = {
  step: 'Sign-in and attributes',
  title: 'How do people sign in?',
  hint: 'This can never be changed later.',
  ways: {
    username: {
      title: 'With a user name',
      hint: 'People choose a name. It may also be possible to sign in with what they have verified.',
    },
    email: {
      title: 'With an email address',
      hint: 'The address is the name. Simplest for people; a new address is a new name.',
    },
    phone: {
      title: 'With a phone number',
      hint: 'The number is the name. Needs SMS, which this server cannot send yet outside development; and numbers change hands.',
    },
    'email-or-phone': {
      title: 'With an email address or a phone number',
      hint: 'Whichever somebody signs up with is the name.',
    },
  },
  flexible: 'most flexible',
  also: 'Also sign in with',
  aliases: {
    email: {
      title: 'Verified email address',
      hint: 'After confirming it, an email works in place of the name.',
    },
    preferred_username: {
      title: attributeName('preferred_username'),
      hint: 'A second name that people may change, when the first one must stay.',
    },
    phone_number: {
      title: 'Verified phone number',
      hint: 'After confirming it, a phone number works in place of the name.',
    },
  },
  caseTitle: glossary.capitals,
  insensitive: {
    title: 'Mara and mara are the same person',
    hint: 'Capitals do not count in names and addresses, as people expect.',
  },
  sensitive: {
    title: 'Mara and mara are two people',
    hint: 'Capitals count. Only for names that come from a system where they do.',
  },
  required: 'Required when signing up',
  requiredHint:
    'Nobody signs up without these. Never changes later, so ask only for what you cannot do without.',
  custom: 'Attributes of your own',
  customHint:
    'Up to 50 values that the standard ones do not cover, such as a plan. They can be added later, but never removed, renamed or given another type.',
  customName: 'Name',
  customType: 'Type',
  customMin: glossary.smallest,
  customMax: glossary.greatest,
  customMinLength: glossary.shortest,
  customMaxLength: glossary.longest,
  mutable: glossary.mutable,
  add: glossary.addAttribute,
  remove: 'Remove',
  note: {
    title: 'Why it cannot change',
    text: 'Names are how accounts are found. With another choice, the same person could be two accounts, or two persons one.',
  },
} as const;
