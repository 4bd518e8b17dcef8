import type { PasswordPolicyType } from '@poolhouse/model';

/** What Cognito counts as a symbol; a space inside the password counts too. Source: behaviour.md 5.2. */
const symbol = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/;

/**
 * Why the policy refuses the password, in the service's words, or `undefined`. One reason at a time; the order is
 * unsure (behaviour.md 5.2). Length counts characters, so that an emoji is one.
 */
export function policyProblem(
  policy: PasswordPolicyType | undefined,
  password: string,
): string | undefined {
  const reason = (text: string) => `Password did not conform with policy: ${text}`;
  if ([...password].length < (policy?.MinimumLength ?? 8))
    return reason('Password not long enough');
  if (policy?.RequireUppercase && !/\p{Lu}/u.test(password)) {
    return reason('Password must have uppercase characters');
  }
  if (policy?.RequireLowercase && !/\p{Ll}/u.test(password)) {
    return reason('Password must have lowercase characters');
  }
  if (policy?.RequireNumbers && !/[0-9]/.test(password)) {
    return reason('Password must have numeric characters');
  }
  if (policy?.RequireSymbols && !symbol.test(password.trim())) {
    return reason('Password must have symbol characters');
  }
  return undefined;
}

const alphabets = {
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  lower: 'abcdefghijkmnopqrstuvwxyz',
  digit: '23456789',
  symbol: '!@#$%^*-_=+?',
} as const;

/**
 * A temporary password that meets every policy: each kind of character, 16 characters or the policy's minimum.
 * `pick(alphabet, n)` draws n uniform characters; the order is shuffled by it too.
 */
export function temporaryPassword(
  policy: PasswordPolicyType | undefined,
  pick: (alphabet: string, length: number) => string,
): string {
  const length = Math.max(16, policy?.MinimumLength ?? 8);
  const parts = Object.values(alphabets).map((alphabet) => pick(alphabet, 2));
  const rest = pick(Object.values(alphabets).join(''), length - parts.join('').length);
  const places = pick('0123456789abcdef', 8 * length);
  const order = [...parts.join(''), ...rest].map((character, index) => ({
    character,
    at: places.slice(8 * index, 8 * (index + 1)),
  }));
  order.sort((a, b) => (a.at < b.at ? -1 : 1));
  return order.map(({ character }) => character).join('');
}
