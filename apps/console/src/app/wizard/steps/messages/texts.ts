import { glossary } from '../../../shared/glossary.ts';

/** Texts of the step of verification and messages, ready to be translated. */
export const messagesTexts = {
  step: 'Verification and messages',
  title: 'How do people prove their address?',
  hint: 'Until an address is verified, nobody can recover an account with it, or sign in with it in place of a user name.',
  verify: 'Verify at sign-up',
  email: {
    title: 'Email addresses',
    hint: 'A message goes out when somebody signs up or changes the address.',
  },
  phone: {
    title: 'Phone numbers',
    hint: 'By SMS, which this server cannot send yet outside development. Where both are there, the phone is the one that is verified at sign-up.',
  },
  by: 'Verify email by',
  code: {
    title: 'A code',
    hint: 'Six digits to type into your application. Works on any device.',
  },
  link: {
    title: 'A link',
    hint: 'A link in the mail leads to a page of this server, and a button there confirms the account. Faster for people.',
  },
  keep: {
    title: glossary.addressLater,
    hint: 'Until then the old one stays and works: a typing error locks nobody out.',
  },
  recovery: 'When the password is lost',
  recoveries: {
    email: { title: 'A code by email', hint: 'To the verified address.' },
    phone: {
      title: 'A code by SMS',
      hint: 'To the verified number. Numbers change hands: email is safer.',
    },
    'email-phone': {
      title: 'Email, or else SMS',
      hint: 'SMS only for people without a verified email.',
    },
    'phone-email': {
      title: 'SMS, or else email',
      hint: 'Email only for people without a verified number.',
    },
    admin: { title: 'Ask an administrator', hint: 'Nobody recovers an account alone.' },
  },
  texts: 'What the messages say',
  textsHint: 'Bodies of mails are HTML. Placeholders are filled in when a message is sent.',
  tabs: { verification: 'Verification', link: 'Link', invitation: 'Invitation' },
  subject: 'Subject',
  body: 'Body',
  sms: 'SMS',
  codePlaceholders: '{####} becomes the code.',
  linkPlaceholders: '{##Verify Email##} becomes a link with these words.',
  invitePlaceholders: '{username} becomes the name, {####} the temporary password.',
  codeNote: 'Codes for lost passwords and changed addresses go out with these texts, too.',
  reset: 'Back to the default texts',
  sender: 'Sender',
  from: 'From',
  fromHint: 'An address, or a name and an address. Empty: the server’s own sender.',
  replyTo: glossary.repliesTo,
  smsSender: 'SMS',
  smsRole: glossary.smsRole,
  smsRoleHint:
    'This server cannot send SMS yet: in development they stand in its inbox. The role is only kept, so that the same settings make the same pool at AWS, where this role needs sns:Publish. It is not a role of your users: those belong to groups.',
  smsExternalId: glossary.smsExternalId,
  smsExternalIdHint:
    'What AWS shows when it takes on the role; the role’s trust policy asks for it.',
  smsMake: 'Fill in an example',
  note: {
    title: 'Code or link?',
    text: 'With a link, your application needs no page to type a code: people come back and sign in. Both can be changed later.',
  },
} as const;
