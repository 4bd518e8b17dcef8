import type { UpdateUserPoolRequest, UserPoolType } from '@poolhouse/model';
import { isEmailAddress, isMailSender } from '@poolhouse/rules';

/** What a message is about, as people see it here. */
export type Kind = 'code' | 'link' | 'invitation';

/** Texts of one kind of message; empty ones mean the default. */
export interface Template {
  readonly subject: string;
  readonly email: string;
  /** Links go by mail alone. */
  readonly sms: string;
}

/** What is edited of a pool's messages. */
export interface MessageValues {
  readonly code: Template;
  readonly link: Template;
  readonly invitation: Template;
  /** How a sign-up is confirmed by mail. */
  readonly confirmBy: 'code' | 'link';
  readonly from: string;
  readonly replyTo: string;
}

/** Why messages cannot be saved; the texts are the form's. */
export type MessageProblem =
  | 'short'
  | 'long'
  | 'sms-long'
  | 'needs-code'
  | 'needs-link'
  | 'needs-name'
  | 'address'
  | 'subject-long';

/** A problem and the field it is in: `code.email`, `from`. */
export type MessageProblems = Readonly<Record<string, MessageProblem>>;

/** The texts that a pool sends when it has none of its own. Source: behaviour.md 9. */
export const DEFAULTS: Readonly<Record<Kind, Template>> = {
  code: {
    subject: 'Your verification code',
    email: 'Your verification code is {####}. ',
    sms: 'Your verification code is {####}. ',
  },
  link: {
    subject: 'Your verification link',
    email: 'Please click the link below to verify your email address. {##Verify Email##} ',
    sms: '',
  },
  invitation: {
    subject: 'Your temporary password',
    email: 'Your username is {username} and temporary password is {####}. ',
    sms: 'Your username is {username} and temporary password is {####}. ',
  },
};

/** Example values for a preview; the server's own preview has the same. */
export const EXAMPLE = { username: 'mara', code: '123456', password: 'Temporary-Password-1' };

const LINK = /\{##.+?##\}/s;

/** A pool's messages as they are edited, what stands against them, and how they will look. */
export class MessageDraft {
  readonly values: MessageValues;
  readonly #saved: MessageValues;
  readonly #pool: UserPoolType;

  constructor(pool: UserPoolType, values: MessageValues = valuesOf(pool)) {
    this.#pool = pool;
    this.#saved = valuesOf(pool);
    this.values = values;
  }

  with(values: Partial<MessageValues>): MessageDraft {
    return new MessageDraft(this.#pool, { ...this.values, ...values });
  }

  withText(kind: Kind, part: keyof Template, text: string): MessageDraft {
    return this.with({ [kind]: { ...this.values[kind], [part]: text } });
  }

  get isChanged(): boolean {
    return JSON.stringify(this.values) !== JSON.stringify(this.#saved);
  }

  /** Source: API model, the patterns of the message members. */
  get problems(): MessageProblems {
    const found: Record<string, MessageProblem> = {};
    for (const kind of ['code', 'link', 'invitation'] as const) {
      const { subject, email, sms } = this.values[kind];
      if (subject.length > 140) found[`${kind}.subject`] = 'subject-long';
      const mail = email && bodyProblem(kind, email, 20_000);
      if (mail) found[`${kind}.email`] = mail;
      const text = sms && kind !== 'link' && bodyProblem(kind, sms, 140);
      if (text) found[`${kind}.sms`] = text;
    }
    const { from, replyTo } = this.values;
    if (from !== '' && !isMailSender(from)) found['from'] = 'address';
    if (replyTo !== '' && !isEmailAddress(replyTo)) found['replyTo'] = 'address';
    return found;
  }

  /** How a message looks with example values, before it is saved. */
  preview(kind: Kind): { readonly subject: string; readonly body: string; readonly sms: string } {
    const [own, otherwise] = [this.values[kind], DEFAULTS[kind]];
    const code = kind === 'invitation' ? EXAMPLE.password : EXAMPLE.code;
    const fill = (text: string, quote: (value: string) => string) =>
      text.replace(/\{####\}|\{##(.{1,2000}?)##\}|\{username\}/gs, (whole, label?: string) => {
        if (whole === '{####}') return kind === 'link' ? whole : quote(code);
        if (whole === '{username}') return kind === 'invitation' ? quote(EXAMPLE.username) : whole;
        return kind === 'link' ? `<a href="#">${label ?? ''}</a>` : whole;
      });
    return {
      subject: fill(own.subject || otherwise.subject, (value) => value),
      body: fill(own.email || otherwise.email, escapeHtml),
      sms: fill(own.sms || otherwise.sms, (value) => value),
    };
  }

  /** What UpdateUserPool is to be sent of it. An emptied text goes back to the default. */
  get changes(): Partial<UpdateUserPoolRequest> {
    const { code, link, invitation, confirmBy, from, replyTo } = this.values;
    const invite = {
      EmailSubject: invitation.subject || undefined,
      EmailMessage: invitation.email || undefined,
      SMSMessage: invitation.sms || undefined,
    };
    return {
      VerificationMessageTemplate: {
        DefaultEmailOption: confirmBy === 'link' ? 'CONFIRM_WITH_LINK' : 'CONFIRM_WITH_CODE',
        EmailSubject: code.subject || undefined,
        EmailMessage: code.email || undefined,
        SmsMessage: code.sms || undefined,
        EmailSubjectByLink: link.subject || undefined,
        EmailMessageByLink: link.email || undefined,
      },
      // They mirror the template: left as they were, they would bring back a text that was emptied.
      EmailVerificationSubject: undefined,
      EmailVerificationMessage: undefined,
      SmsVerificationMessage: undefined,
      EmailConfiguration: {
        ...this.#pool.EmailConfiguration,
        From: from || undefined,
        ReplyToEmailAddress: replyTo || undefined,
      },
      AdminCreateUserConfig: {
        ...this.#pool.AdminCreateUserConfig,
        InviteMessageTemplate: Object.values(invite).some(Boolean) ? invite : undefined,
      },
    };
  }
}

function valuesOf(pool: UserPoolType): MessageValues {
  const template = pool.VerificationMessageTemplate ?? {};
  const invite = pool.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  return {
    code: {
      subject: template.EmailSubject ?? pool.EmailVerificationSubject ?? '',
      email: template.EmailMessage ?? pool.EmailVerificationMessage ?? '',
      sms: template.SmsMessage ?? pool.SmsVerificationMessage ?? '',
    },
    link: {
      subject: template.EmailSubjectByLink ?? '',
      email: template.EmailMessageByLink ?? '',
      sms: '',
    },
    invitation: {
      subject: invite.EmailSubject ?? '',
      email: invite.EmailMessage ?? '',
      sms: invite.SMSMessage ?? '',
    },
    confirmBy: template.DefaultEmailOption === 'CONFIRM_WITH_LINK' ? 'link' : 'code',
    from: pool.EmailConfiguration?.From ?? '',
    replyTo: pool.EmailConfiguration?.ReplyToEmailAddress ?? '',
  };
}

function bodyProblem(kind: Kind, body: string, most: number): MessageProblem | undefined {
  if (body.length < 6) return 'short';
  if (body.length > most) return most === 140 ? 'sms-long' : 'long';
  if (kind === 'link') return LINK.test(body) ? undefined : 'needs-link';
  if (!body.includes('{####}')) return 'needs-code';
  return kind === 'invitation' && !body.includes('{username}') ? 'needs-name' : undefined;
}

function escapeHtml(text: string): string {
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, (mark) => marks[mark] ?? mark);
}
