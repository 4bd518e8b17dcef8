import { glossary } from '../../../shared/glossary.ts';

/** Texts of the step of passwords and sign-up, ready to be translated. */
export const policiesTexts = {
  step: 'Passwords and sign-up',
  title: 'What makes a good password here?',
  hint: 'Length protects. Required symbols mostly lead to notes stuck to the screen.',
  minimum: glossary.minimumLength,
  minimumHint: '6 to 99 characters. We recommend 15, which is about three words.',
  kinds: 'Must contain',
  uppercase: glossary.uppercase,
  lowercase: glossary.lowercase,
  numbers: glossary.numbers,
  symbols: glossary.symbols,
  kindsHint: 'With a length of 15 we recommend none of these: they make passwords predictable.',
  suggested: 'Our recommendation',
  cognito: 'Cognito’s defaults',
  try: 'Try a password',
  accepted: 'Would be accepted',
  refused: 'Would be refused',
  who: 'Who creates accounts?',
  self: {
    title: 'People sign themselves up',
    hint: 'A new account is “unconfirmed” until its address is verified, then “confirmed”. Administrators can create accounts too.',
  },
  admin: {
    title: 'Only administrators',
    hint: 'A new account has a temporary password and the status “force change password” until its user signs in with it and chooses their own.',
  },
  days: 'A temporary password works for',
  daysHint: '1 to 365 days. If it is not used by then, an administrator has to send a new one.',
  note: {
    title: 'Can be changed later',
    text: 'New rules apply only to new passwords: nobody is locked out. A password from a known breach is weak, whatever its symbols.',
  },
} as const;
