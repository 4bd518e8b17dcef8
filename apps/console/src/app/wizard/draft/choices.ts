import type { AttributeDataType } from '@poolhouse/model';

/** How people are known to the pool; never changes. */
export type SignInWith = 'username' | 'email' | 'phone' | 'email-or-phone';
/** What works beside a user name, once it is verified. */
export type Alias = 'email' | 'phone_number' | 'preferred_username';
/** Whether signing in asks for a second factor. */
export type Mfa = 'off' | 'optional' | 'required';
/** What can be a second factor. */
export type Factor = 'app' | 'sms' | 'email';
/** Where messages go. */
export type Medium = 'email' | 'phone_number';
/** How people get back in without their password. */
export type Recovery = 'email' | 'phone' | 'email-phone' | 'phone-email' | 'admin';
/** Types of custom attributes. */
export type CustomType = AttributeDataType;

/** An attribute beyond the standard ones. `min` and `max` are as typed; empty is no limit. */
export interface CustomAttribute {
  readonly name: string;
  readonly type: CustomType;
  readonly min: string;
  readonly max: string;
  readonly mutable: boolean;
}

/** Texts of the messages, with the placeholders of the API: `{####}`, `{username}`, `{##link text##}`. */
export interface MessageTexts {
  readonly codeSubject: string;
  readonly codeBody: string;
  readonly linkSubject: string;
  readonly linkBody: string;
  readonly sms: string;
  readonly inviteSubject: string;
  readonly inviteBody: string;
  readonly inviteSms: string;
}

/** Everything that the wizard asks. */
export interface Choices {
  readonly name: string;
  readonly protectedFromDeletion: boolean;

  readonly signInWith: SignInWith;
  readonly aliases: readonly Alias[];
  readonly caseSensitive: boolean;
  readonly required: readonly string[];
  readonly custom: readonly CustomAttribute[];

  readonly minimumLength: number;
  readonly uppercase: boolean;
  readonly lowercase: boolean;
  readonly numbers: boolean;
  readonly symbols: boolean;
  readonly temporaryDays: number;
  readonly selfSignUp: boolean;

  readonly mfa: Mfa;
  /** Which ones; without effect while `mfa` is off. */
  readonly factors: readonly Factor[];
  readonly verify: readonly Medium[];
  readonly verifyBy: 'code' | 'link';
  /** A changed address counts only after it is verified; the old one works until then. */
  readonly keepUntilVerified: boolean;
  readonly recovery: Recovery;
  readonly texts: MessageTexts;
  readonly from: string;
  readonly replyTo: string;
  readonly smsRole: string;
  readonly smsExternalId: string;

  readonly tags: readonly { readonly key: string; readonly value: string }[];

  readonly withClient: boolean;
  readonly clientName: string;
  /** Where people come back to after a page of the server; empty: nowhere. */
  readonly returnUrl: string;
  readonly secret: boolean;
  readonly srp: boolean;
  readonly password: boolean;
  readonly adminPassword: boolean;
  readonly accessMinutes: number;
  readonly idMinutes: number;
  readonly refreshDays: number;
  readonly rotation: boolean;
  readonly hideUsers: boolean;
  /** Attributes that the client may read; `undefined`: all. */
  readonly readable: readonly string[] | undefined;
  /** Attributes that the client may write; `undefined`: the standard ones, no custom ones. */
  readonly writable: readonly string[] | undefined;
}

/** The texts that the service sends of itself. Source: behaviour.md 9. */
export const DEFAULT_TEXTS: MessageTexts = {
  codeSubject: 'Your verification code',
  codeBody: 'Your verification code is {####}.',
  linkSubject: 'Your verification link',
  linkBody: 'Please click the link below to verify your email address. {##Verify Email##}',
  sms: 'Your verification code is {####}.',
  inviteSubject: 'Your temporary password',
  inviteBody: 'Your username is {username} and temporary password is {####}.',
  inviteSms: 'Your username is {username} and temporary password is {####}.',
};

/** What we advise. Source: security.md 1, C2, C5, C6, C9. */
export const ADVISED: Choices = {
  name: '',
  protectedFromDeletion: true,
  signInWith: 'username',
  aliases: ['email'],
  caseSensitive: false,
  required: ['email'],
  custom: [],
  minimumLength: 15,
  uppercase: false,
  lowercase: false,
  numbers: false,
  symbols: false,
  temporaryDays: 7,
  selfSignUp: true,
  mfa: 'off',
  factors: ['app'],
  verify: ['email'],
  verifyBy: 'code',
  keepUntilVerified: true,
  recovery: 'email',
  texts: DEFAULT_TEXTS,
  from: '',
  replyTo: '',
  smsRole: '',
  smsExternalId: '',
  tags: [],
  withClient: true,
  clientName: '',
  returnUrl: '',
  secret: false,
  srp: true,
  password: false,
  adminPassword: false,
  accessMinutes: 60,
  idMinutes: 60,
  refreshDays: 30,
  rotation: true,
  hideUsers: true,
  readable: undefined,
  writable: undefined,
};
