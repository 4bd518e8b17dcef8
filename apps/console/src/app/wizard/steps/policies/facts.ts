import type { Choices } from '../../draft/choices.ts';
import type { Telling } from '../../draft/fact.ts';

/** What a password needs, and who makes accounts. */
export const policiesFacts: Telling = (choices) => [
  { label: 'Password', value: passwordWords(choices) },
  {
    label: 'Accounts made by',
    value: choices.selfSignUp ? 'people themselves' : 'administrators',
  },
  { label: 'Temporary password', value: `${choices.temporaryDays} days` },
];

function passwordWords(choices: Choices): string {
  const kinds = [
    choices.uppercase && 'a capital letter',
    choices.lowercase && 'a small letter',
    choices.numbers && 'a digit',
    choices.symbols && 'a symbol',
  ].filter(Boolean);
  return [`${choices.minimumLength} characters or more`, ...kinds].join(', ');
}
