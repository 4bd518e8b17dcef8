import { isEmailAddress, isMailSender } from '@poolhouse/rules';
import { when, type Check } from '../../draft/problem.ts';

/** What can be wrong with messages and their senders. Source: API model, CreateUserPool. */
export const messagesProblems: Check = (choices) => {
  const { texts, verify, from, replyTo } = choices;
  const byCode = verify.length > 0;
  const mail = (text: string) => [...text].length >= 6 && text.length <= 20_000;
  const sms = (text: string) => [...text].length >= 6 && [...text].length <= 140;
  const subject = (field: 'codeSubject' | 'linkSubject' | 'inviteSubject') =>
    when(
      texts[field].trim() === '' || [...texts[field]].length > 140,
      field,
      'A subject has 1 to 140 characters.',
    );
  const inviteNeeds =
    'An invitation needs {username} and {####}, the temporary password; without them nobody gets in.';
  const isInvite = (text: string) => text.includes('{username}') && text.includes('{####}');
  return [
    when(
      choices.verifyBy === 'link' && !verify.includes('email'),
      'verifyBy',
      'Links go out by email: verify email addresses, or send codes.',
    ),
    ...(byCode
      ? [
          subject('codeSubject'),
          when(
            !mail(texts.codeBody) || !texts.codeBody.includes('{####}'),
            'codeBody',
            'The mail needs {####}, where the code goes.',
          ),
          when(
            !sms(texts.sms) || !texts.sms.includes('{####}'),
            'sms',
            'An SMS needs {####} and has at most 140 characters.',
          ),
        ]
      : []),
    ...(choices.verifyBy === 'link'
      ? [
          subject('linkSubject'),
          when(
            !mail(texts.linkBody) || !/\{##[\s\S]+?##\}/.test(texts.linkBody),
            'linkBody',
            'The mail needs {##words of the link##}, where the link goes.',
          ),
        ]
      : []),
    subject('inviteSubject'),
    when(!mail(texts.inviteBody) || !isInvite(texts.inviteBody), 'inviteBody', inviteNeeds),
    when(
      !sms(texts.inviteSms) || !isInvite(texts.inviteSms),
      'inviteSms',
      `${inviteNeeds} At most 140 characters.`,
    ),
    when(
      from !== '' && !isMailSender(from),
      'from',
      'Enter an address, or a name and an address: Shop <no-reply@example.com>.',
    ),
    when(replyTo !== '' && !isEmailAddress(replyTo), 'replyTo', 'Enter one email address.'),
  ];
};
