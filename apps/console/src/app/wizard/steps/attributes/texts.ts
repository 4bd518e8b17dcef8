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
      hint: 'The number is the name. Needs SMS, which costs money and must be set up on the server. Numbers can also pass to other people.',
    },
    'email-or-phone': {
      title: 'With an email address or a phone number',
      hint: 'The one that somebody signs up with becomes their name.',
    },
  },
  flexible: 'most flexible',
  also: 'Also sign in with',
  aliases: {
    email: {
      title: 'Verified email address',
      hint: 'Once it is confirmed, people can sign in with it instead of the name.',
    },
    preferred_username: {
      title: attributeName('preferred_username'),
      hint: 'A second name, which people can change. The user name cannot change.',
    },
    phone_number: {
      title: 'Verified phone number',
      hint: 'Once it is confirmed, people can sign in with it instead of the name.',
    },
  },
  caseTitle: glossary.capitals,
  insensitive: {
    title: 'Mara and mara are the same person',
    hint: 'Capitals make no difference in names and addresses, as people expect.',
  },
  sensitive: {
    title: 'Mara and mara are two people',
    hint: 'Capitals make a difference. Only for names from a system where they do.',
  },
  required: 'Required when signing up',
  requiredHint:
    'Nobody can sign up without these. This cannot be changed later, so ask only for what you need.',
  custom: 'Custom attributes',
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
    text: 'Accounts are found by their names. After a change, one person could have two accounts, or two people could share one.',
  },
} as const;
