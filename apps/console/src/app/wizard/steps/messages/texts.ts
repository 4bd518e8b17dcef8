import { glossary } from '../../../shared/glossary.ts';

/** Texts of the step of messages, ready to be translated. */
export const messagesTexts = {
  step: 'Messages',
  title: 'What do the messages say?',
  hint: 'Messages go out when an address is verified, a password is lost, or somebody is invited.',
  by: 'Verify email by',
  code: {
    title: 'A code',
    hint: 'Six digits to type into your application. Works on any device.',
  },
  link: {
    title: 'A link',
    hint: 'A link in the mail opens a page of this server with a button that confirms the account. Faster for people.',
  },
  texts: 'Texts',
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
  note: {
    title: 'Code or link?',
    text: 'With a link, your application needs no page for typing a code: people come back and sign in. You can change this later.',
  },
} as const;
