import type { PasswordPolicy } from '../screens-config';
import { fill, type ScreenTexts, wordsOf } from '../texts';

/** What Cognito counts as a symbol; a space inside the password counts too. Source: user guide, password policies. */
const symbol = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/;

/** One line of the list below a new password. */
export interface PasswordRule {
  readonly label: string;
  readonly met: boolean;
}

/**
 * The rules of a policy in the order of reading, each with its state for the password typed so far. Without a policy there are none to
 * show: the service has the last word, and says what is missing. `screens` are words in place of the English ones.
 */
export function passwordRules(
  policy: PasswordPolicy | undefined,
  password: string,
  screens: Partial<ScreenTexts> = {},
): PasswordRule[] {
  const texts = wordsOf({ screens });
  // The service refuses it whatever the policy says; most people never see this line.
  const edges = password === password.trim() ? [] : [{ label: texts.ruleEdges, met: false }];
  if (policy === undefined) return edges;
  const {
    minimumLength = 8,
    requireLowercase = true,
    requireUppercase = true,
    requireNumbers = true,
    requireSymbols = true,
  } = policy;
  const rules: PasswordRule[] = [
    // Characters, not code units: an emoji is one.
    {
      label: fill(texts.ruleLength, { minimum: minimumLength }),
      met: [...password].length >= minimumLength,
    },
  ];
  if (requireLowercase) rules.push({ label: texts.ruleLower, met: /\p{Ll}/u.test(password) });
  if (requireUppercase) rules.push({ label: texts.ruleUpper, met: /\p{Lu}/u.test(password) });
  if (requireNumbers) rules.push({ label: texts.ruleNumber, met: /[0-9]/.test(password) });
  if (requireSymbols) rules.push({ label: texts.ruleSymbol, met: symbol.test(password.trim()) });
  return [...rules, ...edges];
}

/** What to say of a password that misses a rule; null where it follows them all, as far as they are known. */
export function passwordProblem(
  policy: PasswordPolicy | undefined,
  password: string,
  texts: ScreenTexts,
): string | null {
  const unmet = passwordRules(policy, password, texts).filter(({ met }) => !met);
  if (unmet.length === 0) return null;
  return fill(texts.problemPassword, { rules: unmet.map(({ label }) => label).join(', ') });
}

/** A symbol of Cognito's that needs no escape in the attribute's own notation. */
const SYMBOLS = '[-^$*.{}()?!@#%&/,><:;|_~+=]';

/**
 * The policy as the attribute `passwordrules`, by which password managers make passwords that the pool takes; null without a policy.
 * Source: Apple, Customizing Password AutoFill Rules.
 */
export function passwordRulesAttribute(policy: PasswordPolicy | undefined): string | null {
  if (policy === undefined) return null;
  const required = [
    [policy.requireLowercase, 'lower'],
    [policy.requireUppercase, 'upper'],
    [policy.requireNumbers, 'digit'],
    [policy.requireSymbols, SYMBOLS],
  ] as const;
  const rules = required.filter(([wanted = true]) => wanted).map(([, kind]) => `required: ${kind}`);
  // Where little is required, more is allowed: what is named at all leaves out the rest.
  const allowed = ['lower', 'upper', 'digit'].map((kind) => `allowed: ${kind}`);
  return [`minlength: ${policy.minimumLength ?? 8}`, ...rules, ...allowed].join('; ') + ';';
}
