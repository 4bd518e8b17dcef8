/** What an outbox message holds, sealed: ready to send, and what the inbox of development shows beside it. */
export interface MessageContent {
  /** Why it was sent, for people who read the inbox. */
  readonly occasion: MessageOccasion;
  /** Mails only. */
  readonly subject?: string;
  /** HTML for mails, plain text for SMS. */
  readonly body: string;
  /** The code or temporary password in the body. */
  readonly code?: string;
  /** The link in the body. */
  readonly link?: string;
  /** The user name that the message is about. */
  readonly username: string;
  /** Sender's address of the pool's EmailConfiguration, when set. */
  readonly from?: string;
  readonly replyTo?: string;
}

/** Occasions for a code or an invitation, whose texts a pool can set. Source: behaviour.md 8.3, CustomMessage. */
export type CodeOccasion =
  | 'SignUp'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'AdminCreateUser'
  | 'Authentication';

/** Occasions for a message. The service sends nothing when factors change: that notice is ours (ADR 34). */
export type MessageOccasion = CodeOccasion | 'FactorChange';
