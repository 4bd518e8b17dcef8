import { attributeWord, glossary } from '../../../shared/glossary.ts';
import { DEFAULT_TEXTS, type Choices, type MessageTexts } from '../../draft/choices.ts';
import { list, yes, type Fact, type Telling } from '../../draft/fact.ts';

/** What is verified, how people get back in, and what the messages say. */
export const messagesFacts: Telling = (choices) => [
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
