import type { PoolSettings } from './pool.ts';

/** The members that say the same thing twice: once on the pool, once in its template. */
type Texts = Pick<
  PoolSettings,
  | 'SmsVerificationMessage'
  | 'EmailVerificationMessage'
  | 'EmailVerificationSubject'
  | 'VerificationMessageTemplate'
>;

/**
 * Verification texts as they are kept: the template and the pool's older members mirror each other, the template wins
 * where both are given, and the mail carries a code unless told otherwise. Source: behaviour.md 3.1.
 */
export function mirroredTexts(given: Texts): Texts {
  const template = given.VerificationMessageTemplate ?? {};
  const sms = template.SmsMessage ?? given.SmsVerificationMessage;
  const message = template.EmailMessage ?? given.EmailVerificationMessage;
  const subject = template.EmailSubject ?? given.EmailVerificationSubject;
  return {
    SmsVerificationMessage: sms,
    EmailVerificationMessage: message,
    EmailVerificationSubject: subject,
    VerificationMessageTemplate: {
      ...template,
      SmsMessage: sms,
      EmailMessage: message,
      EmailSubject: subject,
      DefaultEmailOption: template.DefaultEmailOption ?? 'CONFIRM_WITH_CODE',
    },
  };
}
