import { glossary } from '../../shared/glossary.ts';
import type { Choices } from './choices.ts';

/** What Cognito counts as a symbol; a space inside the password counts too. Source: behaviour.md 5.2. */
const SYMBOL = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+= ]/;

/** A rule of the pool's passwords, and whether a password meets it. */
export interface PasswordRule {
  readonly text: string;
  readonly met: boolean;
}

/** The rules that the draft sets, as the service will check them. */
export function rulesOf(choices: Choices, password: string): readonly PasswordRule[] {
  const { minimumLength, uppercase, lowercase, numbers, symbols } = choices;
  return [
    {
      text: `At least ${minimumLength} characters`,
      met: [...password].length >= minimumLength,
    },
    ...(uppercase ? [{ text: glossary.uppercase, met: /\p{Lu}/u.test(password) }] : []),
    ...(lowercase ? [{ text: glossary.lowercase, met: /\p{Ll}/u.test(password) }] : []),
    ...(numbers ? [{ text: glossary.numbers, met: /[0-9]/.test(password) }] : []),
    ...(symbols ? [{ text: glossary.symbols, met: SYMBOL.test(password.trim()) }] : []),
    // Whatever the draft says.
    {
      text: glossary.edges,
      met: password !== '' && password.trim() === password,
    },
  ];
}
