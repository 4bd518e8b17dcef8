import type { PoolSettings } from './pool.ts';

/** The members that exist twice: on the pool, and in its template. */
type Texts = Pick<
  PoolSettings,
  | 'SmsVerificationMessage'
  | 'EmailVerificationMessage'
  | 'EmailVerificationSubject'
  | 'VerificationMessageTemplate'
>;

/**
 * Verification texts as they are stored: the template and the pool's older members mirror each other, the template wins if both are given,
 * and the mail has a code unless a link is asked for. Source: behaviour.md 3.1.
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
