import { glossary } from '../../../shared/glossary.ts';

/** Texts of the step of verification and messages, ready to be translated. */
export const messagesTexts = {
  step: 'Verification and messages',
  title: 'How do people prove their address?',
  hint: 'Until an address is verified, it cannot be used to recover an account, or to sign in instead of a user name.',
  verify: 'Verify at sign-up',
  email: {
    title: 'Email addresses',
    hint: 'A message is sent when somebody signs up or changes the address.',
  },
  phone: {
    title: 'Phone numbers',
    hint: 'By SMS, which costs money and must be set up on the server. If a user has both, the phone number is verified at sign-up.',
  },
  by: 'Verify email by',
  code: {
    title: 'A code',
    hint: 'Six digits to type into your application. Works on any device.',
  },
  link: {
    title: 'A link',
    hint: 'A link in the mail opens a page of this server with a button that confirms the account. Faster for people.',
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
  texts: 'What the messages say',
  textsHint: 'Bodies of mails are HTML. Placeholders are filled in when a message is sent.',
  tabs: { verification: 'Verification', link: 'Link', invitation: 'Invitation' },
  subject: 'Subject',
  body: 'Body',
  sms: 'SMS',
  codePlaceholders: '{####} becomes the code.',
  linkPlaceholders: '{##Verify Email##} becomes a link with these words.',
  invitePlaceholders: '{username} becomes the name, {####} the temporary password.',
  codeNote: 'Codes for lost passwords and changed addresses use these texts, too.',
  reset: 'Restore the default texts',
  sender: 'Sender',
  from: 'From',
  fromHint: 'An address, or a name and an address. If empty, the server’s own sender is used.',
  replyTo: glossary.repliesTo,
  smsSender: 'SMS',
  smsRole: glossary.smsRole,
  smsRoleHint: `${glossary.smsWay} The role is only stored, so that the same settings create the same pool at AWS, where this role needs sns:Publish. It is not a role of your users: those belong to groups.`,
  smsExternalId: glossary.smsExternalId,
  smsExternalIdHint: 'AWS passes it when it assumes the role; the role’s trust policy checks it.',
  smsMake: 'Fill in an example',
  note: {
    title: 'Code or link?',
    text: 'With a link, your application needs no page for typing a code: people come back and sign in. You can change this later.',
  },
} as const;
