import {
  isEmailAddress,
  isMailSender,
  isRefreshValidity,
  isShortValidity,
  unitMs,
} from '@poolhouse/rules';
import { isArn } from '../../shared/arn.ts';
import { redirectUrlProblem } from '../../shared/redirect-urls.ts';
import { isResourceName } from '../../shared/resource-name.ts';
import { writableOf } from './attributes.ts';
import type { Choices, CustomAttribute } from './choices.ts';

/** The steps that hold choices, in their order. */
export const STEPS = ['name', 'attributes', 'policies', 'messages', 'tags', 'client'] as const;

/** A step of the wizard that holds choices. */
export type Step = (typeof STEPS)[number];

/** What keeps a step from being done: the field, and what to do about it. */
export interface Problem {
  readonly field: string;
  readonly text: string;
}

/** The problems of one step; none when it is done. Ranges. Source: API model, CreateUserPool and CreateUserPoolClient. */
export function problemsOf(step: Step, choices: Choices): readonly Problem[] {
  return checks[step](choices).filter((problem) => problem !== undefined);
}

type Found = readonly (Problem | undefined)[];

const checks: Readonly<Record<Step, (choices: Choices) => Found>> = {
  name: ({ name }) => [
    when(name.trim() === '', 'name', 'Give the pool a name.'),
    when(
      name.trim() !== '' && !isResourceName(name.trim()),
      'name',
      'Use up to 128 letters without accents, digits, spaces and + = , . @ - _ only.',
    ),
  ],
  attributes: (choices) => [...choices.custom.flatMap(customProblems), ...twice(choices.custom)],
  policies: ({ minimumLength, temporaryDays }) => [
    outside(minimumLength, 6, 99, 'minimumLength', 'Choose a length from 6 to 99 characters.'),
    outside(temporaryDays, 1, 365, 'temporaryDays', 'Choose 1 to 365 days.'),
  ],
  messages: messagesProblems,
  tags: ({ tags }) =>
    tags.flatMap(({ key, value }, index) => [
      when(
        !/^[\p{L}\p{N}\s_.:/=+@-]{1,128}$/u.test(key),
        `tag-${index}`,
        'A tag needs a name of up to 128 letters, digits and _ . : / = + - @.',
      ),
      when(
        !/^[\p{L}\p{N}\s_.:/=+@-]{0,256}$/u.test(value),
        `tag-${index}`,
        'The value of a tag has up to 256 letters, digits and _ . : / = + - @.',
      ),
      when(/^aws:/i.test(key), `tag-${index}`, 'Names that begin with “aws:” belong to AWS.'),
      when(
        tags.findIndex((tag) => tag.key === key) < index,
        `tag-${index}`,
        'This tag is there already.',
      ),
    ]),
  client: clientProblems,
};

function customProblems({ name, type, min, max }: CustomAttribute, index: number): Found {
  const field = `custom-${index}`;
  const isText = type === 'String';
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text));
  const [least, most] = [number(min), number(max)];
  const limited = isText || type === 'Number';
  const whole = (value: number | undefined) =>
    value === undefined ||
    (Number.isSafeInteger(value) && (!isText || (value >= 0 && value <= 2048)));
  return [
    when(name === '', field, 'Give the attribute a name.'),
    when(
      name !== '' && !/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u.test(name),
      field,
      'A name has up to 20 characters and no spaces. “custom:” is put before it by itself.',
    ),
    when(
      limited && !(whole(least) && whole(most)),
      field,
      isText ? 'Lengths are whole numbers up to 2,048.' : 'Limits are whole numbers.',
    ),
    when(
      limited && least !== undefined && most !== undefined && most < least,
      field,
      'The greatest must not be less than the least.',
    ),
  ];
}

function twice(custom: readonly CustomAttribute[]): Found {
  return custom.map(({ name }, index) =>
    when(
      name !== '' && custom.findIndex((other) => other.name === name) < index,
      `custom-${index}`,
      'This attribute is there already.',
    ),
  );
}

function messagesProblems(choices: Choices): Found {
  const { texts, verify, from, replyTo, smsRole } = choices;
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
    when(
      smsRole === '' && verify.includes('phone_number'),
      'smsRole',
      'Phone numbers are verified by SMS: name the role that sends it, or fill in the example.',
    ),
    when(
      smsRole !== '' && !isArn(smsRole),
      'smsRole',
      'A role looks like arn:aws:iam::123456789012:role/name.',
    ),
  ];
}

function clientProblems(choices: Choices): Found {
  if (!choices.withClient) return [];
  const { clientName, returnUrl, srp, password, adminPassword } = choices;
  const { accessMinutes, idMinutes, refreshDays } = choices;
  const badUrl = returnUrl === '' ? '' : redirectUrlProblem(returnUrl);
  const writable = new Set(writableOf(choices));
  const closed = choices.required.filter((name) => !writable.has(name));
  return [
    when(
      clientName.trim() === '' || !isResourceName(clientName.trim()),
      'clientName',
      'Give the app client a name: up to 128 letters without accents, digits, spaces and + = , . @ - _.',
    ),
    when(badUrl !== '', 'returnUrl', badUrl),
    when(
      !srp && !password && !adminPassword,
      'flows',
      'Choose at least one way to sign in, or the client lets nobody in.',
    ),
    when(
      !Number.isInteger(accessMinutes) || !isShortValidity(accessMinutes * unitMs.minutes),
      'accessMinutes',
      'Access tokens live 5 minutes to a day (1,440 minutes).',
    ),
    when(
      !Number.isInteger(idMinutes) || !isShortValidity(idMinutes * unitMs.minutes),
      'idMinutes',
      'ID tokens live 5 minutes to a day (1,440 minutes).',
    ),
    when(
      !Number.isInteger(refreshDays) || !isRefreshValidity(refreshDays * unitMs.days),
      'refreshDays',
      'Refresh tokens live 1 to 3,650 days.',
    ),
    when(
      closed.length > 0,
      'writable',
      `The pool requires ${closed.join(', ')}: let the client write it, or do not require it.`,
    ),
  ];
}

function when(wrong: boolean, field: string, text: string): Problem | undefined {
  return wrong ? { field, text } : undefined;
}

function outside(value: number, least: number, most: number, field: string, text: string) {
  return when(!Number.isInteger(value) || value < least || value > most, field, text);
}
