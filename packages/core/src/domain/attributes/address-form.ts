/** `+`, then up to 15 digits that do not start with 0. Source: E.164. */
const e164 = /^\+[1-9]\d{1,14}$/;

/** Whether the text is a phone number as the service takes them. */
export function isPhoneNumber(text: string): boolean {
  return e164.test(text);
}

/** A dot-atom's characters (RFC 5322 3.2.3): no quotes, commas, comments, spaces or control characters. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~.-]{1,64}$/;
const domainLabel = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/**
 * Whether the text is one mail address that every mail server reads as the same one recipient (security.md A12).
 * Stricter than RFC 5322 on purpose: quoted local parts, comments and address literals are refused.
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > 254) return false;
  const [local = '', domain = '', ...more] = text.split('@');
  if (more.length > 0 || !localPart.test(local)) return false;
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return false;
  const labels = domain.split('.');
  return labels.length > 1 && labels.every((label) => domainLabel.test(label));
}
