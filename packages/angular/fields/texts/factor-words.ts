import type { ScreenTexts, SecondFactor } from '@poolhouse/angular';

/** What people call a factor, and what it asks of them. */
export function factorWords(
  factor: SecondFactor,
  words: ScreenTexts,
): { readonly label: string; readonly help: string } {
  switch (factor) {
    case 'authenticator':
      return { label: words.factorAuthenticator, help: words.factorAuthenticatorHelp };
    case 'sms':
      return { label: words.factorSms, help: words.factorSmsHelp };
    case 'email':
      return { label: words.factorEmail, help: words.factorEmailHelp };
  }
}
