import { InjectionToken } from '@angular/core';
import type { ScreensConfig } from './screens-config';
import type { TokenStorage } from '../storage/token-storage';

/** How an application reaches its user pool, and what it does with the tokens. */
export interface PoolhouseConfig extends ScreensConfig {
  /** `<region>_<id>`, as the pool's page shows it. */
  readonly userPoolId: string;
  /** An app client without a secret. */
  readonly clientId: string;
  /** Where the pool's API listens; absent for Amazon Cognito in the pool's region. */
  readonly endpoint?: string | undefined;
  /**
   * `srp` (default) never sends the password; `password` sends it over TLS, which lets a pool take users over from elsewhere. With
   * `choice`, the flow USER_AUTH, people choose among a passkey, a code and the password, as far as they have them. Where
   * Poolhouse says that the app client does not allow it, one that it allows is used.
   */
  readonly signInFlow?: 'srp' | 'password' | 'choice' | undefined;
  /**
   * Where the tokens live: `local` (default) keeps people signed in over restarts and in all tabs, `session` until the tab closes,
   * `memory` until the page is loaded again.
   */
  readonly storage?: 'memory' | 'session' | 'local' | TokenStorage | undefined;
  /**
   * URLs that the interceptor sends tokens to, and no others: prefixes (`/api`, `https://api.example.com/v1`), or patterns. A pattern
   * sees origin and path, without query and fragment, and is for this origin only unless it begins with `^http`; then let it
   * end the host with a slash. Default: paths of the same origin under `/api`.
   */
  readonly attachTokensTo?: readonly (string | RegExp)[] | undefined;
  /** Which token the interceptor sends; default `access`. */
  readonly attach?: 'access' | 'id' | undefined;
  /** What the pool sends to confirm a sign-up, which Amazon Cognito does not tell; default `code`. Poolhouse tells it. */
  readonly signUpVerification?: 'code' | 'link' | undefined;
  /**
   * What becomes of a page behind `signedIn()` or `inGroup()` when the session ends while it is open: it stays (default), or the person
   * is led to sign in, and afterwards back. `Auth.ended` says how it ended.
   */
  readonly onSessionEnd?: 'stay' | 'redirect' | undefined;
  /** Where the guards lead people. */
  readonly routes?: PoolhouseRoutes | undefined;
}

/** Where the guards lead people. */
export interface PoolhouseRoutes {
  /** Whoever is not signed in; default `/sign-in`. */
  readonly signIn?: string | undefined;
  /** Whoever is signed in already; default `/`. */
  readonly home?: string | undefined;
  /** Whoever lacks a group; default as `home`. */
  readonly forbidden?: string | undefined;
}

/** What `providePoolhouse` was given. */
export const POOLHOUSE_CONFIG = new InjectionToken<PoolhouseConfig>('POOLHOUSE_CONFIG', {
  providedIn: 'root',
  factory: () => {
    throw new Error(
      'Poolhouse is not configured: add providePoolhouse({ userPoolId, clientId }) to the providers of your application.',
    );
  },
});

/** The URL of the pool's API. Fails with what to do when the configuration cannot work. */
export function apiUrl(config: PoolhouseConfig): string {
  // A JSON without the member, read at run time, has the type all the same.
  const [region, id] = (config.userPoolId as string | undefined)?.split('_') ?? [];
  if (!region || !id || !config.clientId) {
    throw new Error(
      'providePoolhouse needs a userPoolId such as "eu-west-1_aBcDeFgHi" and a clientId.',
    );
  }
  if (config.endpoint) return config.endpoint.replace(/\/*$/, '/');
  return `https://cognito-idp.${region}.${awsDomain(region)}/`;
}

/** Source: the endpoint rules of the AWS SDK. */
function awsDomain(region: string): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn';
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
}
