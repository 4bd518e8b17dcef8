import { glossary } from '../../../shared/glossary.ts';

/** Texts of the step of passwords and sign-up, ready to be translated. */
export const policiesTexts = {
  step: 'Passwords and sign-up',
  title: 'What makes a good password here?',
  hint: 'Length protects; riddles of symbols mostly lead to notes on the screen.',
  minimum: glossary.minimumLength,
  minimumHint: '6 to 99 characters. We advise 15, which a sentence of three words has.',
  kinds: 'Must contain',
  uppercase: glossary.uppercase,
  lowercase: glossary.lowercase,
  numbers: glossary.numbers,
  symbols: glossary.symbols,
  kindsHint: 'We advise none of these when the length is 15: they make passwords predictable.',
  suggested: 'What we advise',
  cognito: 'Cognito’s defaults',
  try: 'Try a password',
  accepted: 'Would be accepted',
  refused: 'Would be refused',
  who: 'Who makes accounts?',
  self: {
    title: 'People sign themselves up',
    hint: 'A new account is “unconfirmed” until its address is verified, then “confirmed”. Administrators may make accounts too.',
  },
  admin: {
    title: 'Only administrators',
    hint: 'A new account has a temporary password and the status “force change password” until somebody signs in with it and chooses their own.',
  },
  days: 'A temporary password works for',
  daysHint: 'Unused after that, an administrator has to send a new one. 1 to 365 days.',
  note: {
    title: 'Can be changed later',
    text: 'New rules count for new passwords only: nobody is locked out. A password that is found in known breaches is weak whatever its symbols.',
  },
} as const;
