import { attributeLabel, customNames, readableOf, writableOf } from './attributes.ts';
import type { Choices } from './choices.ts';
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
      label: 'Capital letters',
      value: choices.caseSensitive ? 'count' : 'do not count',
      fixed: true,
    },
    { label: 'Required', value: list(choices.required.map(attributeLabel)), fixed: true },
    { label: 'Custom', value: list(customNames(choices).map(attributeLabel), 'none yet') },
  ],
  policies: (choices) => [
    { label: 'Password', value: passwordWords(choices) },
    {
      label: 'Accounts made by',
      value: choices.selfSignUp ? 'people themselves' : 'administrators',
    },
    { label: 'Temporary password', value: `${choices.temporaryDays} days` },
  ],
  messages: ({ verify, verifyBy, recovery, from }) => [
    {
      label: 'Verified',
      value:
        list(verify.map(attributeLabel), 'nothing') +
        (verify.includes('email') ? `, by ${verifyBy}` : ''),
    },
    {
      label: 'Lost passwords',
      value: recovery.replace('-', ', else ').replace('admin', 'ask an administrator'),
    },
    { label: 'From', value: from || 'this server' },
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

function signInWords({ signInWith, aliases }: Choices): string {
  const words = {
    username: [
      'user name',
      ...aliases.map((alias) => attributeLabel(alias).replace('username', 'user name')),
    ].join(', '),
    email: 'email',
    phone: 'phone number',
    'email-or-phone': 'email or phone number',
  };
  return words[signInWith];
}

function passwordWords(choices: Choices): string {
  const kinds = [
    choices.uppercase && 'capital',
    choices.lowercase && 'small',
    choices.numbers && 'digit',
    choices.symbols && 'symbol',
  ].filter(Boolean);
  return [`${choices.minimumLength} characters or more`, ...kinds].join(', ');
}

function flowWords({ srp, password, adminPassword }: Choices): string {
  return list(
    [
      srp && 'SRP',
      password && 'user name and password',
      adminPassword && 'an administrator’s call',
    ].filter((word) => typeof word === 'string'),
  );
}

function countWords(names: readonly string[] | undefined): string {
  if (names === undefined) return 'all attributes';
  if (names.length > 4) return `${names.length} attributes`;
  return list(names.map(attributeLabel));
}
