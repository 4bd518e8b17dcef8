import { foldText, mailAddress } from '@poolhouse/rules';

/** Ways to reach a user. */
export type MessageMedium = 'EMAIL' | 'SMS';

/**
 * The mailbox or telephone that an address leads to, for counting only: what mail programs deliver to one person counts as one,
 * whatever the case, the style of the letters, the domain's form, the dots, and what stands behind a plus sign. Where a mail server
 * does tell them apart, two people share a budget, and no message goes astray.
 */
export function mailboxOf(medium: MessageMedium, address: string): string {
  const plain = foldText(medium === 'EMAIL' ? (mailAddress(address) ?? address) : address);
  if (medium === 'SMS') return plain;
  const at = plain.lastIndexOf('@');
  const local = plain
    .slice(0, Math.max(at, 0))
    .replace(/(?<=.)\+.*$/s, '')
    .replaceAll('.', '');
  return `${local}${plain.slice(Math.max(at, 0))}`;
}
