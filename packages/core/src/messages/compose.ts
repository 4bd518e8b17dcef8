import type { Pool } from '../domain/pools/pool.ts';
import type { CodeOccasion, MessageContent, MessageOccasion } from './content.ts';
import type { MessageKind, MessageTemplates } from './templates.ts';

/** What a message tells; with `link`, the mail has one. */
export interface MessageFacts<Occasion extends MessageOccasion = CodeOccasion> {
  readonly occasion: Occasion;
  readonly username: string;
  /** The code, or the temporary password of an invitation; absent in invitations of users without a password. */
  readonly code?: string;
  readonly link?: string;
}

/** The kind of a message, by what it tells. */
export function kindOf({ occasion, code, link }: MessageFacts): MessageKind {
  return { occasion, byLink: link !== undefined, hasPassword: code !== undefined };
}

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
function fill(
  template: string,
  facts: MessageFacts<MessageOccasion>,
  quote: (text: string) => string,
): string {
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

/** Composes the mail of an occasion. Values are escaped, since bodies are HTML. */
export function composeEmail(
  { settings }: Pick<Pool, 'settings'>,
  facts: MessageFacts<MessageOccasion>,
  { subject, email }: MessageTemplates,
): MessageContent {
  const { From, ReplyToEmailAddress } = settings.EmailConfiguration ?? {};
  return {
    occasion: facts.occasion,
    subject: oneLine(fill(subject, facts, (text) => text)),
    body: fill(email, facts, escapeHtml),
    // A sign-up mail has a link instead of its code, a sign-in mail beside it.
    ...((facts.link === undefined || facts.occasion === 'Authentication') && { code: facts.code }),
    ...(facts.link !== undefined && { link: facts.link }),
    username: facts.username,
    from: From && oneLine(From),
    replyTo: ReplyToEmailAddress && oneLine(ReplyToEmailAddress),
  };
}

/** Composes the SMS of an occasion. */
export function composeSms(
  facts: MessageFacts<MessageOccasion>,
  { sms }: MessageTemplates,
): MessageContent {
  return {
    occasion: facts.occasion,
    body: fill(sms, facts, (text) => text),
    code: facts.code,
    username: facts.username,
  };
}
