import { hasBlankEdges, passwordRules as policyRules } from '@poolhouse/rules';
import { glossary } from '../glossary.ts';

/** A password of the administrators' pool, with what it must not be. */
export interface AdministratorPassword {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** Rules for the password, in the order shown; `met` as one types. */
export function passwordRules({ username, email, password }: AdministratorPassword) {
  const lower = password.toLowerCase();
  const own = [username, email].map((text) => text.trim().toLowerCase()).filter(Boolean);
  return [
    { rule: 'length', met: policyRules({ MinimumLength: 15 }, password).every(({ met }) => met) },
    { rule: 'notName', met: password !== '' && !own.includes(lower) },
    { rule: 'edges', met: password !== '' && !hasBlankEdges(password) },
  ] as const;
}

/** What the rules are called, and what to say while one is not met. */
export const ruleTexts = {
  length: 'At least 15 characters',
  notName: 'Not your user name or email',
  edges: glossary.edges,
  unmet: 'The password does not meet the rules below yet.',
} as const;
