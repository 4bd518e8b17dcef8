import type { Pool } from '../domain/pools/pool.ts';
import type { CodeOccasion } from './content.ts';

/** The texts of a message with its placeholders: `{####}`, `{username}`, `{##words of a link##}`. */
export interface MessageTemplates {
  readonly subject: string;
  readonly email: string;
  readonly sms: string;
}

/** What decides which texts a message has. */
export interface MessageKind {
  readonly occasion: CodeOccasion;
  /** Its mail holds a link instead of a code. */
  readonly byLink: boolean;
  /** Of invitations: whether they tell a temporary password. */
  readonly hasPassword: boolean;
}

/** Default texts. Source: behaviour.md 9; the link's are unsure. Mail bodies end with a space, as the service's do. */
const defaults = {
  codeSubject: 'Your verification code',
  code: 'Your verification code is {####}. ',
  authentication: 'Your authentication code is {####}. ',
  linkSubject: 'Your verification link',
  link: 'Please click the link below to verify your email address. {##Verify Email##} ',
  inviteSubject: 'Your temporary password',
  invite: 'Your username is {username} and temporary password is {####}. ',
  welcomeSubject: 'Your new account', // [unsure], as the next
  welcome: 'Your username is {username}. ',
};

/** The pool's own texts for a message, the service's where it has none; the newer setting wins over the older. */
export function poolTemplates(
  { settings }: Pick<Pool, 'settings'>,
  { occasion, byLink, hasPassword }: MessageKind,
): MessageTemplates {
  if (occasion === 'AdminCreateUser') {
    const template = settings.AdminCreateUserConfig?.InviteMessageTemplate;
    const text = hasPassword ? defaults.invite : defaults.welcome;
    const subject = hasPassword ? defaults.inviteSubject : defaults.welcomeSubject;
    return {
      subject: template?.EmailSubject ?? subject,
      email: template?.EmailMessage ?? text,
      sms: template?.SMSMessage ?? text,
    };
  }
  if (occasion === 'Authentication') {
    return {
      subject: defaults.codeSubject,
      email: defaults.authentication,
      sms: settings.SmsAuthenticationMessage ?? defaults.authentication,
    };
  }
  const template = settings.VerificationMessageTemplate;
  const sms = template?.SmsMessage ?? settings.SmsVerificationMessage ?? defaults.code;
  return byLink
    ? {
        subject: template?.EmailSubjectByLink ?? defaults.linkSubject,
        email: template?.EmailMessageByLink ?? defaults.link,
        sms,
      }
    : {
        subject:
          template?.EmailSubject ?? settings.EmailVerificationSubject ?? defaults.codeSubject,
        email: template?.EmailMessage ?? settings.EmailVerificationMessage ?? defaults.code,
        sms,
      };
}
