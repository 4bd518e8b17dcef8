/** A pool's password policy, as in the API (PasswordPolicyType); omitted members require nothing. */
export interface PasswordPolicy {
  readonly MinimumLength?: number | undefined;
  readonly RequireUppercase?: boolean | undefined;
  readonly RequireLowercase?: boolean | undefined;
  readonly RequireNumbers?: boolean | undefined;
  readonly RequireSymbols?: boolean | undefined;
}

/** A rule that a policy can set. */
export type PasswordRule = 'length' | 'uppercase' | 'lowercase' | 'number' | 'symbol';

/** A rule that the policy sets, and whether a password meets it. */
export interface CheckedPasswordRule {
  readonly rule: PasswordRule;
  readonly met: boolean;
}

/** The minimum length if a policy does not set one. Source: API model, PasswordPolicyType. */
export const LEAST_PASSWORD_LENGTH = 8;

/** The characters that Cognito counts as symbols; a space inside the password counts too. Source: behaviour.md 5.2. */
const symbol = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/;

/**
 * The rules of a policy, in the order in which the service names them, and whether the password meets each of them. Length is
 * counted in characters, so an emoji is one.
 */
export function passwordRules(
  policy: PasswordPolicy | undefined,
  password: string,
): readonly CheckedPasswordRule[] {
  const least = policy?.MinimumLength ?? LEAST_PASSWORD_LENGTH;
  const rules: readonly (readonly [PasswordRule, asked: boolean | undefined, met: boolean])[] = [
    ['length', true, [...password].length >= least],
    ['uppercase', policy?.RequireUppercase, /\p{Lu}/u.test(password)],
    ['lowercase', policy?.RequireLowercase, /\p{Ll}/u.test(password)],
    ['number', policy?.RequireNumbers, /[0-9]/.test(password)],
    ['symbol', policy?.RequireSymbols, symbol.test(password.trim())],
  ];
  return rules.filter(([, asked]) => asked).map(([rule, , met]) => ({ rule, met }));
}

/** Whether the password begins or ends with white space, which no pool accepts, whatever its policy. Source: API model, PasswordType. */
export function hasBlankEdges(password: string): boolean {
  return password.trim() !== password;
}

/** A symbol of Cognito's that needs no escape in the attribute's own notation. */
const SYMBOLS = '[-^$*.{}()?!@#%&/,><:;|_~+=]';

/**
 * The policy as the attribute `passwordrules` of a field, from which password managers generate passwords that the pool accepts.
 * Source: Apple, Customizing Password AutoFill Rules.
 */
export function passwordRulesAttribute(policy: PasswordPolicy): string {
  const required = [
    [policy.RequireLowercase, 'lower'],
    [policy.RequireUppercase, 'upper'],
    [policy.RequireNumbers, 'digit'],
    [policy.RequireSymbols, SYMBOLS],
  ] as const;
  const rules = required.filter(([wanted]) => wanted).map(([, kind]) => `required: ${kind}`);
  // Naming any kind excludes all others, so the kinds that are not required are allowed explicitly.
  const allowed = ['lower', 'upper', 'digit'].map((kind) => `allowed: ${kind}`);
  const least = `minlength: ${policy.MinimumLength ?? LEAST_PASSWORD_LENGTH}`;
  return [least, ...rules, ...allowed].join('; ') + ';';
}

/** Without characters that look alike. */
const alphabets = {
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  lower: 'abcdefghijkmnopqrstuvwxyz',
  digit: '23456789',
  symbol: '!@#$%^*-_=+?',
} as const;

/**
 * A temporary password that meets every policy: each kind of character, 16 characters or the policy's minimum.
 * `pick(alphabet, n)` draws n uniform characters; it is also used to shuffle the order.
 */
export function temporaryPassword(
  policy: PasswordPolicy | undefined,
  pick: (alphabet: string, length: number) => string,
): string {
  const length = Math.max(16, policy?.MinimumLength ?? LEAST_PASSWORD_LENGTH);
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
