import { hasBlankEdges, passwordRules, type PasswordRule as ListedRule } from '@poolhouse/rules';
import { glossary } from '../../../shared/glossary.ts';
import type { Choices } from '../../draft/choices.ts';

/** A rule of the pool's passwords, and whether a password meets it. */
export interface PasswordRule {
  readonly text: string;
  readonly met: boolean;
}

/** The rules that the draft sets, as the service will check them. */
export function rulesOf(choices: Choices, password: string): readonly PasswordRule[] {
  const { minimumLength, uppercase, lowercase, numbers, symbols } = choices;
  const policy = {
    MinimumLength: minimumLength,
    RequireUppercase: uppercase,
    RequireLowercase: lowercase,
    RequireNumbers: numbers,
    RequireSymbols: symbols,
  };
  const texts: Readonly<Record<ListedRule, string>> = {
    length: `At least ${minimumLength} characters`,
    uppercase: glossary.uppercase,
    lowercase: glossary.lowercase,
    number: glossary.numbers,
    symbol: glossary.symbols,
  };
  return [
    ...passwordRules(policy, password).map(({ rule, met }) => ({ text: texts[rule], met })),
    // Whatever the draft says.
    { text: glossary.edges, met: password !== '' && !hasBlankEdges(password) },
  ];
}
