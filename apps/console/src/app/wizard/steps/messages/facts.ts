import { glossary } from '../../../shared/glossary.ts';
import { DEFAULT_TEXTS, type Choices, type MessageTexts } from '../../draft/choices.ts';
import type { Fact, Telling } from '../../draft/fact.ts';
import { messagesTexts } from './texts.ts';

/** How email is verified, who messages are from, and what they say. */
export const messagesFacts: Telling = (choices) => [
  ...(choices.verify.includes('email')
    ? [{ label: messagesTexts.by, value: `a ${choices.verifyBy}` }]
    : []),
  { label: 'From', value: choices.from || 'this server' },
  { label: glossary.repliesTo, value: choices.replyTo || 'the sender' },
  ...textFacts(choices),
];

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
