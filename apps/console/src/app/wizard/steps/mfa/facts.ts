import { factorChoices } from '../../../shared/factor-texts.ts';
import { attributeWord, glossary } from '../../../shared/glossary.ts';
import type { Choices } from '../../draft/choices.ts';
import { list, yes, type Telling } from '../../draft/fact.ts';

/** The second factor, what is verified, how people get back in, and the role that sends SMS. */
export const mfaFacts: Telling = (choices) => [
  { label: glossary.secondFactor, value: factorWords(choices) },
  { label: 'Verified', value: list(choices.verify.map(attributeWord), 'nothing') },
  ...(choices.verify.length > 0
    ? [{ label: glossary.addressLater, value: yes(choices.keepUntilVerified) }]
    : []),
  {
    label: 'Lost passwords',
    value: choices.recovery.replace('-', ', else ').replace('admin', 'ask an administrator'),
  },
  { label: glossary.smsRole, value: choices.smsRole || 'none' },
  ...(choices.smsRole && choices.smsExternalId
    ? [{ label: glossary.smsExternalId, value: choices.smsExternalId }]
    : []),
];

function factorWords({ mfa, factors }: Choices): string {
  if (mfa === 'off') return 'off';
  return `${mfa}: ${list(factors.map((factor) => smallFirst(factorChoices[factor].title)))}`;
}

function smallFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
