import type { PoolOperations } from '../pool/wire';
import { destinationOf, type Destination } from './destination';
import { objectIn } from './object-in';
import type { SecondFactor, SecondFactorChallenge } from './second-factors';
import type { SignInWay, WayChallenge } from './sign-in-ways';

/** Whether somebody is signed in. `unknown` until the storage has been read, and always on a server. */
export type AuthStatus = 'unknown' | 'signed-out' | 'signed-in';

/** The sign-in or confirmation in progress, whether or not somebody is already signed in. */
export type AuthStep =
  | 'none'
  | 'signing-in'
  | 'new-password-required'
  | 'confirmation-required'
  | 'way-choice-required'
  | 'code-required'
  | 'factor-choice-required'
  | 'factor-set-up-required';

/** What must be done before the person is signed in. */
export type Challenge =
  | SecondFactorChallenge
  | WayChallenge
  | {
      readonly kind: 'new-password';
      readonly username: string;
      /** Attributes that the pool requires and the person lacks. */
      readonly missingAttributes: readonly string[];
      /** The attributes that the pool already has. */
      readonly attributes: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'confirm-sign-up';
      readonly username: string;
      /** Where the code or link was sent, if the pool said so. */
      readonly destination?: Destination;
      readonly verification: 'code' | 'link';
    };

/** How a sign-up ended. */
export interface SignUpResult {
  /** The stable id of the new person. */
  readonly sub: string;
  /** Whether the person can sign in at once. */
  readonly confirmed: boolean;
  readonly destination?: Destination;
  /** How the person confirms: `none` when there is nothing to do, or nothing was sent. */
  readonly verification: 'code' | 'link' | 'none';
  /** With Poolhouse, if a link was sent: authorises asking whether it was opened, as the ready-made screens do. */
  readonly session?: string | undefined;
}

/** What follows a sign-in; refusals are thrown. */
export type SignInResult =
  | { readonly next: 'signed-in' }
  | { readonly next: 'new-password-required'; readonly missingAttributes: readonly string[] }
  | { readonly next: 'confirmation-required'; readonly username: string }
  | { readonly next: 'way-choice-required'; readonly ways: readonly SignInWay[] }
  | {
      readonly next: 'code-required';
      readonly factor: SecondFactor;
      readonly destination?: Destination;
    }
  | {
      readonly next: 'factor-choice-required' | 'factor-set-up-required';
      readonly factors: readonly SecondFactor[];
    };

/** A new account. */
export interface SignUpInput {
  readonly username: string;
  /** Left out for an account without one, where the pool allows it: people then sign in with codes or passkeys. */
  readonly password?: string | undefined;
  /** By their names in the pool: `{ email: 'ann@example.com' }`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A sign-in. */
export interface SignInInput {
  readonly username: string;
  /** Left out where the person proves who they are in another way, or chooses it. That is the flow `choice`. */
  readonly password?: string | undefined;
  /** Overrides the configuration's `signInFlow`. */
  readonly flow?: 'srp' | 'password' | 'choice' | undefined;
  /** What to ask for without a choice, where the person has it. That is the flow `choice`. */
  readonly way?: SignInWay | undefined;
  /** Of `confirmSignUp`: signs in with the code that has just confirmed the account. */
  readonly session?: string | undefined;
}

/** A password that replaces the one that an administrator set. */
export interface NewPasswordInput {
  readonly password: string;
  /** The attributes that the challenge lists as missing. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A password that replaces a forgotten one. */
export interface ForgottenPasswordInput {
  readonly username: string;
  readonly code: string;
  readonly password: string;
}

/** Reads a NEW_PASSWORD_REQUIRED challenge. Source: behaviour.md 6.8. */
export function newPasswordChallenge(
  parameters: Readonly<Record<string, string>> = {},
  typedUsername: string,
): Extract<Challenge, { kind: 'new-password' }> {
  const required = objectIn(parameters['requiredAttributes']);
  const known = objectIn(parameters['userAttributes']);
  return {
    kind: 'new-password',
    username: parameters['USER_ID_FOR_SRP'] ?? typedUsername,
    missingAttributes: (Array.isArray(required) ? required : [])
      .filter((name) => typeof name === 'string')
      .map((name) => name.replace(/^userAttributes\./, '')),
    attributes: Object.fromEntries(
      Object.entries(known ?? {}).flatMap(([name, value]: [string, unknown]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
  };
}

/** How a sign-up is confirmed whose message was sent there: pools send links by mail only. */
export function confirmedBy(
  byMail: 'code' | 'link',
  destination: Pick<Destination, 'medium'> | null | undefined,
): 'code' | 'link' {
  return destination?.medium === 'sms' ? 'code' : byMail;
}

/** What a sign-up answers. */
export function signUpResult(
  answer: PoolOperations['SignUp']['output'],
  byMail: 'code' | 'link',
): SignUpResult {
  const { UserSub: sub, Session: session, CodeDeliveryDetails } = answer;
  const confirmed = answer.UserConfirmed === true;
  const destination = destinationOf(CodeDeliveryDetails);
  const verification = confirmed || !destination ? 'none' : confirmedBy(byMail, destination);
  return { sub, session, confirmed, verification, ...(destination && { destination }) };
}

/** What a user with an unconfirmed account has to do. */
export function confirmation(
  username: string,
  byMail: 'code' | 'link',
  destination: Destination | undefined,
): Challenge {
  return {
    kind: 'confirm-sign-up',
    username,
    verification: confirmedBy(byMail, destination),
    ...(destination && { destination }),
  };
}
