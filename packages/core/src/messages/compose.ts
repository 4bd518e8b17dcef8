import type { Pool } from '../domain/pools/pool.ts';
import type { MessageContent, MessageOccasion } from './content.ts';

/** What a message tells; `link` turns the mail into one with a link instead of a code. */
export interface MessageFacts {
  readonly occasion: MessageOccasion;
  readonly username: string;
  /** The code, or the temporary password of an invitation; absent in invitations of users without a password. */
  readonly code?: string;
  readonly link?: string;
}

/** Default texts. Source: behaviour.md 9; the link's are unsure. Mail bodies end with a space, as the service's do. */
const defaults = {
  codeSubject: 'Your verification code',
  code: 'Your verification code is {####}. ',
  linkSubject: 'Your verification link',
  link: 'Please click the link below to verify your email address. {##Verify Email##} ',
  inviteSubject: 'Your temporary password',
  invite: 'Your username is {username} and temporary password is {####}. ',
  welcomeSubject: 'Your new account', // [unsure], as the next
  welcome: 'Your username is {username}. ',
};

/** `{####}` comes first, or the `##` of a code and of a link further on would be taken for one link. */
const placeholder = /\{####\}|\{##(.{1,2000}?)##\}|\{username\}/gs;

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (character) =>
      ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[
        character
      ] as string,
  );
}

/**
 * Fills a template in one pass, so that nothing in a value is taken for a placeholder. User names stand only in
 * invitations (behaviour.md 9): elsewhere a stranger could put any text into a mail to any address.
 */
function fill(template: string, facts: MessageFacts, quote: (text: string) => string): string {
  return template.replace(placeholder, (whole, linkText: string | undefined) => {
    if (whole === '{####}') return quote(facts.code ?? '');
    if (whole === '{username}') {
      return facts.occasion === 'AdminCreateUser' ? quote(facts.username) : whole;
    }
    if (facts.link === undefined) return whole;
    return `<a href="${escapeHtml(facts.link)}">${linkText ?? ''}</a>`;
  });
}

/** What becomes a mail header is one line, whatever a template, a user name or a setting holds (security.md X09). */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** The texts of invitations; users without a password are told of none. Source: behaviour.md 9. */
function invitationOf(
  pool: Pool,
  hasPassword: boolean,
): { readonly subject: string; readonly EMAIL: string; readonly SMS: string } {
  const template = pool.settings.AdminCreateUserConfig?.InviteMessageTemplate;
  const text = hasPassword ? defaults.invite : defaults.welcome;
  return {
    subject:
      template?.EmailSubject ?? (hasPassword ? defaults.inviteSubject : defaults.welcomeSubject),
    EMAIL: template?.EmailMessage ?? text,
    SMS: template?.SMSMessage ?? text,
  };
}

/** Whether an invitation tells the temporary password; one that does not is not sent. Source: API model, AdminCreateUser. */
export function tellsPassword(pool: Pool, medium: 'EMAIL' | 'SMS'): boolean {
  return invitationOf(pool, true)[medium].includes('{####}');
}

/** Composes the mail of an occasion from the pool's templates. Values are escaped, since bodies are HTML. */
export function composeEmail(pool: Pool, facts: MessageFacts): MessageContent {
  const { settings } = pool;
  const templates = settings.VerificationMessageTemplate;
  const invitation = invitationOf(pool, facts.code !== undefined);
  const [subject, body] =
    facts.occasion === 'AdminCreateUser'
      ? [invitation.subject, invitation.EMAIL]
      : facts.link !== undefined
        ? [
            templates?.EmailSubjectByLink ?? defaults.linkSubject,
            templates?.EmailMessageByLink ?? defaults.link,
          ]
        : [
            templates?.EmailSubject ?? settings.EmailVerificationSubject ?? defaults.codeSubject,
            templates?.EmailMessage ?? settings.EmailVerificationMessage ?? defaults.code,
          ];
  const { From, ReplyToEmailAddress } = settings.EmailConfiguration ?? {};
  return {
    occasion: facts.occasion,
    subject: oneLine(fill(subject, facts, (text) => text)),
    body: fill(body, facts, escapeHtml),
    ...(facts.link === undefined ? { code: facts.code } : { link: facts.link }),
    username: facts.username,
    from: From && oneLine(From),
    replyTo: ReplyToEmailAddress && oneLine(ReplyToEmailAddress),
  };
}

/** Composes the SMS of an occasion from the pool's templates. */
export function composeSms(pool: Pool, facts: MessageFacts): MessageContent {
  const { settings } = pool;
  const template =
    facts.occasion === 'AdminCreateUser'
      ? invitationOf(pool, facts.code !== undefined).SMS
      : (settings.VerificationMessageTemplate?.SmsMessage ??
        settings.SmsVerificationMessage ??
        defaults.code);
  return {
    occasion: facts.occasion,
    body: fill(template, facts, (text) => text),
    code: facts.code,
    username: facts.username,
  };
}
