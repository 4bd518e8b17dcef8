import type { Pool } from '../domain/pool.ts';
import type { MessageContent, MessageOccasion } from './content.ts';

/** What a message tells; `link` turns the mail into one with a link instead of a code. */
export interface MessageFacts {
  readonly occasion: MessageOccasion;
  readonly username: string;
  /** The code, or the temporary password of an invitation. */
  readonly code: string;
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
};

/** `{####}` comes first, or the `##` of a code and of a link further on would be taken for one link. */
const placeholder = /\{####\}|\{##(.{1,2000}?)##\}|\{username\}/gs;

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (character) =>
      ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character] as string,
  );
}

/**
 * Fills a template in one pass, so that nothing in a value is taken for a placeholder. User names stand only in
 * invitations (behaviour.md 9): elsewhere a stranger could put any text into a mail to any address.
 */
function fill(template: string, facts: MessageFacts, quote: (text: string) => string): string {
  return template.replace(placeholder, (whole, linkText: string | undefined) => {
    if (whole === '{####}') return quote(facts.code);
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

/** Composes the mail of an occasion from the pool's templates. Values are escaped, since bodies are HTML. */
export function composeEmail(pool: Pool, facts: MessageFacts): MessageContent {
  const { settings } = pool;
  const templates = settings.VerificationMessageTemplate;
  const invite = settings.AdminCreateUserConfig?.InviteMessageTemplate;
  const [subject, body] =
    facts.occasion === 'AdminCreateUser'
      ? [invite?.EmailSubject ?? defaults.inviteSubject, invite?.EmailMessage ?? defaults.invite]
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
      ? (settings.AdminCreateUserConfig?.InviteMessageTemplate?.SMSMessage ?? defaults.invite)
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
