/** Characters that are invisible on a screen. Source: Unicode Character Database, Default_Ignorable_Code_Point. */
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
const printableAscii = /^[\x20-\x7e]*$/;

/**
 * Normalises a text so that case, width, style and order of accents make no difference. Idempotent.
 * JavaScript has no case folding, so this goes through upper case, because only there `ß` and `SS` are equal. Both sigmas are mapped
 * to one, because which of them lower-casing returns depends on what follows. Source: Unicode Standard 3.13, compatibility caseless match.
 */
export function foldText(text: string): string {
  if (printableAscii.test(text)) return text.toLowerCase();
  const visible = text.normalize('NFKC').replace(ignorable, '');
  return visible.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');
}

/** In UTF-16 units: no user name and no attribute is longer. Source: API model and behaviour.md 3.1. */
const LONGEST_TEXT = 2_048;

/**
 * The key of a name or an address: two texts with the same key are the same name. In core, only `nameKey` calls this. If the pool is
 * case-sensitive, only the composition of accents and invisible characters make no difference. Mail domains are compared as mail routing
 * does, whether or not the pool is case-sensitive. Idempotent. A text that is too long to be stored cannot be anybody's name and is
 * returned unchanged: anyone can send 131,072 characters as the USERNAME of a sign-in, each of which can fold to eighteen.
 */
export function canonicalName(
  text: string,
  { ignoresCase }: { readonly ignoresCase: boolean },
): string {
  if (text.length > LONGEST_TEXT) return text;
  const { name, domain } = withoutDomain(text, ignoresCase ? 'NFKC' : 'NFC');
  const key = ignoresCase ? foldText(name) : name.replace(ignorable, '').normalize('NFC');
  return domain === undefined ? key : `${key}@${domain}`;
}

/** The parts before and after the `@` of an address, also if invisible characters or unusual styles obscure them. */
function withoutDomain(
  text: string,
  form: 'NFC' | 'NFKC',
): { readonly name: string; readonly domain?: string } {
  const whole = text.normalize(form);
  for (const one of [text, whole, whole.replace(ignorable, '')]) {
    const at = one.lastIndexOf('@');
    const domain = at < 0 ? undefined : mailDomain(one.slice(at + 1));
    if (domain !== undefined) return { name: one.slice(0, at), domain };
  }
  return { name: text };
}

/** A dot-atom's characters (RFC 5322 3.2.3): no quotes, commas, comments, spaces or control characters. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~.-]{1,64}$/;

/**
 * The address to send a mail to, with its domain in ASCII, or `undefined` if the text is not a single mail address that every
 * mail server reads as the same recipient (security.md A12). Stricter than RFC 5322 on purpose: quoted local parts,
 * comments and address literals are refused.
 */
export function mailAddress(text: string): string | undefined {
  const [local = '', typedDomain = '', ...more] = text.split('@');
  if (more.length > 0 || !localPart.test(local)) return undefined;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined;
  const domain = mailDomain(typedDomain);
  if (domain === undefined || local.length + domain.length >= 254) return undefined;
  return `${local}@${domain}`;
}

/** Letters, marks, digits, the two joiners that some scripts need, hyphens, and what UTS 46 takes for a full stop. */
const domainText = /^[\p{L}\p{M}\p{N}\u200c\u200d.\u3002\uff0e\uff61-]{1,1000}$/u;
const plainDomain = /^(?!.*xn--)[a-z\d.-]+$/i;
const label = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;
/** A label of letters that are not ASCII: with it, no label is taken over unchecked, and no host is read as a number. */
const FOREIGN_LABEL = { typed: '.é', ascii: '.xn--9ca' } as const;

/** A mail domain in its ASCII form, as the DNS knows it. Source: UTS 46, non-transitional, by way of the WHATWG URL standard. */
function mailDomain(text: string): string | undefined {
  if (!domainText.test(text)) return undefined;
  const ascii = plainDomain.test(text) ? text.toLowerCase() : hostOf(text);
  const labels = ascii?.split('.') ?? [];
  return labels.length > 1 && labels.every((one) => label.test(one)) ? ascii : undefined;
}

function hostOf(text: string): string | undefined {
  const url = `http://${text}${FOREIGN_LABEL.typed}`;
  // URL.parse would do both, but browsers of 2023 do not have it.
  return URL.canParse(url)
    ? new URL(url).hostname.slice(0, -FOREIGN_LABEL.ascii.length)
    : undefined;
}
