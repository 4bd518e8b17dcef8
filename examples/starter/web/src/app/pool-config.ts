import { InjectionToken } from '@angular/core';
import type { PasswordPolicy, PoolhouseConfig } from '@poolhouse/angular';

/** The content of `poolhouse.config.json`, which the API hands out: which user pool this application belongs to. */
export interface PoolConfig {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Absent for Amazon Cognito. */
  readonly endpoint?: string;
  /** The rules for passwords of a pool of Amazon Cognito, which does not tell them; members that are absent are its defaults. */
  readonly passwordPolicy?: PasswordPolicy;
  /** `choice`: people choose how they sign in. The app client has to allow the flow USER_AUTH. */
  readonly signInFlow?: PoolhouseConfig['signInFlow'];
  /** With that choice: whether a new account has a password. */
  readonly signUpPassword?: NonNullable<PoolhouseConfig['signUp']>['password'];
}

/** The user pool of this application, for pages that show it. */
export const POOL_CONFIG = new InjectionToken<PoolConfig>('POOL_CONFIG');

/** Where Poolhouse shows the mails of this machine instead of sending them; only in development is there such a place. */
export function inboxOf({ endpoint }: PoolConfig): string | undefined {
  if (endpoint === undefined) return undefined;
  const { hostname, origin } = new URL(endpoint);
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? `${origin}/inbox` : undefined;
}
