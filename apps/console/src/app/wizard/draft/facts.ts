import { attributeName, attributeWord, glossary } from '../../shared/glossary.ts';
import { customNames, readableOf, writableOf } from './attributes.ts';
import { DEFAULT_TEXTS, type Choices, type MessageTexts } from './choices.ts';
import type { Step } from './problems.ts';

/** A line of a summary. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** It stays for the life of the pool. */
  readonly fixed?: boolean;
}

/** What a step has set, in a few lines for people. */
export function factsOf(step: Step, choices: Choices): readonly Fact[] {
  return facts[step](choices);
}

const list = (names: readonly string[], none = 'none') => names.join(', ') || none;
const yes = (value: boolean) => (value ? 'yes' : 'no');

const facts: Readonly<Record<Step, (choices: Choices) => readonly Fact[]>> = {
  name: ({ name, protectedFromDeletion }) => [
    { label: 'Name', value: name.trim() || 'none yet' },
    { label: 'Protected from deletion', value: yes(protectedFromDeletion) },
  ],
  attributes: (choices) => [
    { label: 'Sign in with', value: signInWords(choices), fixed: true },
    {
      label: glossary.capitals,
      value: choices.caseSensitive ? glossary.capitalsCount : glossary.capitalsIgnored,
      fixed: true,
    },
    { label: 'Required', value: list(choices.required.map(attributeWord)), fixed: true },
    { label: 'Custom', value: list(customNames(choices).map(attributeName), 'none yet') },
  ],
  policies: (choices) => [
    { label: 'Password', value: passwordWords(choices) },
    {
      label: 'Accounts made by',
      value: choices.selfSignUp ? 'people themselves' : 'administrators',
    },
    { label: 'Temporary password', value: `${choices.temporaryDays} days` },
  ],
  messages: (choices) => [
    {
      label: 'Verified',
      value:
        list(choices.verify.map(attributeWord), 'nothing') +
        (choices.verify.includes('email') ? `, by ${choices.verifyBy}` : ''),
    },
    ...(choices.verify.length > 0
      ? [{ label: glossary.addressLater, value: yes(choices.keepUntilVerified) }]
      : []),
    {
      label: 'Lost passwords',
      value: choices.recovery.replace('-', ', else ').replace('admin', 'ask an administrator'),
    },
    { label: 'From', value: choices.from || 'this server' },
    { label: glossary.repliesTo, value: choices.replyTo || 'the sender' },
    ...textFacts(choices),
    { label: glossary.smsRole, value: choices.smsRole || 'none' },
    ...(choices.smsRole && choices.smsExternalId
      ? [{ label: glossary.smsExternalId, value: choices.smsExternalId }]
      : []),
  ],
  tags: ({ tags }) =>
    tags.length > 0
      ? tags.map(({ key, value }) => ({ label: key, value: value || '(empty)' }))
      : [{ label: 'Tags', value: 'none' }],
  client: (choices) =>
    choices.withClient
      ? [
          { label: 'Name', value: choices.clientName || 'none yet' },
          {
            label: 'Secret',
            value: choices.secret ? 'yes: for servers only' : 'none',
            fixed: true,
          },
          { label: 'Return URL', value: choices.returnUrl || 'none' },
          { label: 'Signs in by', value: flowWords(choices) },
          {
            label: 'Tokens live',
            value: `${choices.accessMinutes} min, refreshed for ${choices.refreshDays} days`,
          },
          { label: 'Refresh token works once', value: yes(choices.rotation) },
          { label: 'Tells whether an account exists', value: yes(!choices.hideUsers) },
          { label: 'May write', value: countWords(writableOf(choices)) },
          { label: 'May read', value: countWords(readableOf(choices)) },
        ]
      : [{ label: 'App client', value: 'none for now' }],
};

/** The texts that the pool will send: its own word by word, else that it is the usual one. */
function textFacts({ texts, verify, verifyBy }: Choices): readonly Fact[] {
  const said = (...names: readonly (keyof MessageTexts)[]) =>
    names.every((name) => texts[name] === DEFAULT_TEXTS[name])
      ? 'the usual text'
      : names.map((name) => texts[name]).join(': ');
  return [
    { label: 'Mail with a code', value: said('codeSubject', 'codeBody') },
    ...(verify.includes('email') && verifyBy === 'link'
      ? [{ label: 'Mail with a link', value: said('linkSubject', 'linkBody') }]
      : []),
    { label: 'SMS with a code', value: said('sms') },
    { label: 'Invitation by mail', value: said('inviteSubject', 'inviteBody') },
    { label: 'Invitation by SMS', value: said('inviteSms') },
  ];
}

function signInWords({ signInWith, aliases }: Choices): string {
  const words = {
    username: ['user name', ...aliases.map(attributeWord)].join(', '),
    email: 'email',
    phone: 'phone number',
    'email-or-phone': 'email or phone number',
  };
  return words[signInWith];
}

function passwordWords(choices: Choices): string {
  const kinds = [
    choices.uppercase && 'a capital letter',
    choices.lowercase && 'a small letter',
    choices.numbers && 'a digit',
    choices.symbols && 'a symbol',
  ].filter(Boolean);
  return [`${choices.minimumLength} characters or more`, ...kinds].join(', ');
}

function flowWords({ srp, password, adminPassword }: Choices): string {
  return list(
    [
      srp && 'SRP',
      password && 'user name and password',
      adminPassword && 'password through your server',
    ].filter((word) => typeof word === 'string'),
  );
}

function countWords(names: readonly string[] | undefined): string {
  if (names === undefined) return 'all attributes';
  if (names.length > 4) return `${names.length} attributes`;
  return list(names.map(attributeWord));
}
