import { attributeName, attributeWord, glossary } from '../../../shared/glossary.ts';
import { customNames } from '../../draft/attributes.ts';
import type { Choices } from '../../draft/choices.ts';
import { list, type Telling } from '../../draft/fact.ts';

/** How people sign in, and what is known of them. */
export const attributesFacts: Telling = (choices) => [
  { label: 'Sign in with', value: signInWords(choices), fixed: true },
  {
    label: glossary.capitals,
    value: choices.caseSensitive ? glossary.capitalsCount : glossary.capitalsIgnored,
    fixed: true,
  },
  { label: 'Required', value: list(choices.required.map(attributeWord)), fixed: true },
  { label: 'Custom', value: list(customNames(choices).map(attributeName), 'none yet') },
];

function signInWords({ signInWith, aliases }: Choices): string {
  const words = {
    username: ['user name', ...aliases.map(attributeWord)].join(', '),
    email: 'email',
    phone: 'phone number',
    'email-or-phone': 'email or phone number',
  };
  return words[signInWith];
}
