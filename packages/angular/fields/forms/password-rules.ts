import {
  hasBlankEdges,
  LEAST_PASSWORD_LENGTH,
  passwordRules as rulesOf,
  passwordRulesAttribute as attributeOf,
  type PasswordRule as Rule,
} from '@poolhouse/rules';
import type { PasswordPolicy, ScreenTexts } from '@poolhouse/angular';
import { fill, wordsOf } from '../texts/screen-texts';

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
  const edges = hasBlankEdges(password) ? [{ label: texts.ruleEdges, met: false }] : [];
  if (policy === undefined) return edges;
  const { minimumLength: minimum = LEAST_PASSWORD_LENGTH } = policy;
  const labels: Readonly<Record<Rule, string>> = {
    length: fill(texts.ruleLength, { minimum }),
    lowercase: texts.ruleLower,
    uppercase: texts.ruleUpper,
    number: texts.ruleNumber,
    symbol: texts.ruleSymbol,
  };
  const checked = new Map(
    rulesOf(inFull(policy), password).map(({ rule, met }) => [rule, met] as const),
  );
  const shown = (Object.keys(labels) as Rule[]).flatMap((rule) => {
    const met = checked.get(rule);
    return met === undefined ? [] : [{ label: labels[rule], met }];
  });
  return [...shown, ...edges];
}

/** The policy as the API has it, with what is asked where nothing is said. */
function inFull(policy: PasswordPolicy) {
  return {
    MinimumLength: policy.minimumLength,
    RequireLowercase: policy.requireLowercase ?? true,
    RequireUppercase: policy.requireUppercase ?? true,
    RequireNumbers: policy.requireNumbers ?? true,
    RequireSymbols: policy.requireSymbols ?? true,
  };
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

/** The policy as the attribute `passwordrules`, by which password managers make passwords that the pool takes; null without a policy. */
export function passwordRulesAttribute(policy: PasswordPolicy | undefined): string | null {
  return policy === undefined ? null : attributeOf(inFull(policy));
}
