import { glossary } from '../shared/glossary.ts';
import type { Kind, MessageProblem } from './message-draft.ts';

/** Texts of the messages' page, ready to be translated. */
export const messageTexts = {
  title: 'Messages',
  lead: 'What people get by mail and SMS, as it will look.',
  inbox: 'Open the inbox',
  inboxHint: 'The development inbox: the messages that this server sent, or would have sent.',
  kinds: 'Kind of message',
  subject: 'Subject',
  body: 'Mail (HTML)',
  sms: 'SMS',
  smsHint: glossary.smsWay,
  smsCount: (length: number) => `${length} of 140 characters`,
  placeholders: 'Placeholders',
  defaultUsed: 'If empty, the default text is sent.',
  confirmHead: 'How do people confirm a sign-up by mail?',
  byCode: 'With a code',
  byCodeHint:
    'They type six digits. Works on every device, even if the mail is opened on another one.',
  byLink: 'With a link',
  byLinkHint:
    'A link in the mail opens a page of this server with a button that confirms. Nothing to type.',
  sender: 'Sender',
  senderLead: 'If a field is empty, the server’s own setting is used.',
  from: 'From',
  fromHint: 'Shop <shop@example.com>, or just the address.',
  replyTo: glossary.repliesTo,
  preview: 'Preview',
  mailPreview: 'The mail',
  smsPreview: 'The SMS',
  saved: 'As it is currently sent.',
  notSaved: 'Not saved yet.',
  test: 'Send a test',
  testLead:
    'A real mail with example values; in development it appears in the inbox. Its code is not valid.',
  testTo: 'To',
  send: 'Send the mail',
  sent: (to: string) => `A test is on its way to ${to}.`,
  saveFirst: 'Save your changes first: the test sends what is saved.',
  testRole: 'Only operators and owners may send a test.',
} as const;

export const kindNames: Readonly<Record<Kind, string>> = {
  code: 'Code',
  link: 'Link',
  invitation: 'Invitation',
};

export const kindHints: Readonly<Record<Kind, string>> = {
  code: 'For sign-up, forgotten passwords and new addresses.',
  link: 'For confirming a sign-up, if that is by link.',
  invitation: 'For users whom an administrator created, with their temporary password.',
};

export const placeholderHints: Readonly<Record<Kind, string>> = {
  code: '{####} becomes the code.',
  link: '{##Confirm##} becomes a link with the text between the # signs.',
  invitation:
    '{username} becomes the user name and {####} the temporary password. Both are required.',
};

export const messageProblems: Readonly<Record<MessageProblem, string>> = {
  short: 'Use 6 characters or more, or leave it empty for the default.',
  long: 'Use 20,000 characters at most.',
  'sms-long': 'Use 140 characters at most.',
  'needs-code': 'Put {####} where the code or password goes: without it nothing is sent.',
  'needs-link': 'Put {##Confirm##} where the link goes.',
  'needs-name': 'Put {username} where the user name goes.',
  address: 'Enter an address such as shop@example.com or Shop <shop@example.com>.',
  'subject-long': 'Use 140 characters at most.',
};
