import type { FactorChange } from '../domain/users/factor-changes.ts';
import type { MessageTemplates } from '../messages/templates.ts';

/** What a notice says of each change. All of these texts are ours: the service sends no notices. */
const sentences: Readonly<Record<FactorChange, string>> = {
  'password-changed': 'The password was changed.',
  'password-ended': 'The password was reset: it no longer signs in.',
  'software-token-added': 'An authenticator app was added.',
  'software-token-replaced': 'The authenticator app was replaced by another one.',
  'software-token-removed': 'The authenticator app was removed.',
  'passkey-added': 'A passkey was added.',
  'passkey-removed': 'A passkey was removed.',
  'email-added': 'An email address was added.',
  'email-changed': 'The email address was changed.',
  'email-removed': 'The email address was removed.',
  'email-verified': 'The email address was verified.',
  'email-unverified': 'The email address no longer counts as verified.',
  'phone_number-added': 'A phone number was added.',
  'phone_number-changed': 'The phone number was changed.',
  'phone_number-removed': 'The phone number was removed.',
  'phone_number-verified': 'The phone number was verified.',
  'phone_number-unverified': 'The phone number no longer counts as verified.',
  'SMS_MFA-on': 'Codes by text message are now asked for at sign-in.',
  'SMS_MFA-off': 'Codes by text message are no longer asked for at sign-in.',
  'SOFTWARE_TOKEN_MFA-on': 'Codes of the authenticator app are now asked for at sign-in.',
  'SOFTWARE_TOKEN_MFA-off': 'Codes of the authenticator app are no longer asked for at sign-in.',
  'EMAIL_OTP-on': 'Codes by email are now asked for at sign-in.',
  'EMAIL_OTP-off': 'Codes by email are no longer asked for at sign-in.',
  'passkey-two-factors-on': 'After a passkey, no code is asked for at sign-in.',
  'passkey-two-factors-off': 'After a passkey, a code may be asked for at sign-in.',
  'identity-linked': 'An account of another service was linked, to sign in with.',
  'identity-unlinked': 'An account of another service is no longer linked.',
  'device-remembered': 'A device was remembered: there, no code is asked for at sign-in.',
  'preferred-factor-changed': 'Another second factor is now asked for first.',
};

const ADVICE = 'If this was not you, change your password at once and ask for help.';
/** Longer texts are sent, and paid for, as several messages. */
const LONGEST_SMS = 160;

/**
 * The texts of a notice. They hold nothing that anybody can choose: neither the user's name nor the new address, which whoever took over an
 * account has picked. `atMs` is when it happened.
 */
export function noticeTexts(changes: readonly FactorChange[], atMs: number): MessageTemplates {
  const said = changes.map((change) => sentences[change]);
  const when = `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const items = said.map((sentence) => `<li>${sentence}</li>`).join('');
  const opening = 'The way to sign in to your account has changed';
  const [first = ''] = said;
  const short = [said.join(' '), `${first} There were other changes, too.`].find(
    (text) => `Your account: ${text} ${ADVICE}`.length <= LONGEST_SMS,
  );
  return {
    subject: 'Your account has changed',
    email: `<p>${opening} (${when}):</p><ul>${items}</ul><p>If this was you, there is nothing to do. ${ADVICE}</p>`,
    sms: `Your account: ${short ?? first} ${ADVICE}`,
  };
}
