/**
 * How an address is shown to somebody who has not proved that it is theirs: `t***@t***`, `+*******4444`. Source: behaviour.md 2, masking.
 */
export function maskDestination(attribute: 'email' | 'phone_number', value: string): string {
  if (attribute === 'phone_number') {
    const digits = value.replace(/^\+/, '');
    return `+${'*'.repeat(Math.max(0, digits.length - 4))}${digits.slice(-4)}`;
  }
  const at = value.lastIndexOf('@');
  const first = (text: string) => [...text][0] ?? '';
  return `${first(value.slice(0, at))}***@${first(value.slice(at + 1))}***`;
}
