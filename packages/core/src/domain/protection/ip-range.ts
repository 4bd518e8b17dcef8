/**
 * Whether a text is a range of addresses: `192.0.2.0/24`, `2001:db8::/32`. Source: API model, RiskExceptionConfigurationType; RFC 4632,
 * section 3.1; RFC 4291, sections 2.2 and 2.3.
 */
export function isIpRange(text: string): boolean {
  const [, address = '', prefix = ''] =
    /^([\d.]{7,15}|[\da-f:.]{2,45})\/(\d{1,3})$/i.exec(text) ?? [];
  if (isIpv4(address)) return Number(prefix) <= 32;
  return isIpv6(address) && Number(prefix) <= 128;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

function isIpv6(text: string): boolean {
  // An IPv4 address at the end stands for two groups.
  const [, start = text, end] = /^(.*:)([^:]*\.[^:]*)$/.exec(text) ?? [];
  if (end !== undefined && !isIpv4(end)) return false;
  const halves = (end === undefined ? start : `${start}0:0`).split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const count = groups.length;
  return (
    groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) &&
    (halves.length === 1 ? count === 8 : halves.length === 2 && count < 8)
  );
}
