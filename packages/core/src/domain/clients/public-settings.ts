import {
  autoVerified,
  codeAttributes,
  confirmsByLink,
} from '../attributes/confirmation-address.ts';
import type { ConfigurationValues } from '../pools/pool-configuration.ts';
import type { Pool } from '../pools/pool.ts';
import { effectiveAuthFlows } from './auth-flow-permissions.ts';
import { writableAttributes } from './attribute-permissions.ts';
import type { Client } from './client.ts';
import { signInLinkAddress } from './sign-in-link.ts';

/**
 * What an application in a browser must know about its pool to show the right fields and rules, all of which anybody could find out by
 * trying. Nothing about users, and nothing that only the server needs.
 */
export interface PublicSettings {
  readonly userPoolId: string;
  readonly clientId: string;
  /** What people may type to sign in; without `username`, an address is the user name. */
  readonly signInNames: readonly ('username' | 'email' | 'phone_number' | 'preferred_username')[];
  readonly signUp: {
    /** Whether people may create accounts themselves. */
    readonly open: boolean;
    /** The attributes that every new user must have, in the order of the pool's schema. */
    readonly requiredAttributes: readonly string[];
    /** One of these addresses must be given, or only an administrator can confirm the account; empty if none is verified. */
    readonly verifiedAttributes: readonly ('email' | 'phone_number')[];
    /** Whether the mail that confirms a sign-up contains a code or a link; an SMS contains a code. */
    readonly verification: 'code' | 'link';
  };
  readonly passwordPolicy: {
    readonly minimumLength: number;
    readonly requireLowercase: boolean;
    readonly requireUppercase: boolean;
    readonly requireNumbers: boolean;
    readonly requireSymbols: boolean;
  };
  /** The flows that the app client may use, such as `ALLOW_USER_SRP_AUTH`, in alphabetical order. */
  readonly authFlows: readonly string[];
  /** Whether the mail of a first factor has a link beside its code (ADR 29). */
  readonly signInLinks: boolean;
  /** The addresses that people may change at this app client. */
  readonly changeableAddresses: readonly ('email' | 'phone_number')[];
}

/** The public part of the settings of a pool and one of its app clients. */
export function publicSettings(
  pool: Pool,
  client: Client,
  links: ConfigurationValues['sign-in-links'] | undefined,
): PublicSettings {
  const { settings } = pool;
  const { UsernameAttributes = [], AliasAttributes = [] } = settings;
  const policy = settings.Policies?.PasswordPolicy;
  const isWritable = writableAttributes(pool, client);
  const isFixed = (name: string) =>
    settings.SchemaAttributes.find(({ Name }) => Name === name)?.Mutable === false;
  return {
    userPoolId: pool.id,
    clientId: client.id,
    signInNames:
      UsernameAttributes.length > 0 ? UsernameAttributes : ['username', ...AliasAttributes],
    signUp: {
      open: settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true,
      requiredAttributes: settings.SchemaAttributes.flatMap(({ Name, Required }) =>
        Name !== undefined && Name !== 'sub' && Required === true ? [Name] : [],
      ),
      // Mail first, because it costs nothing.
      verifiedAttributes: autoVerified(pool).toReversed(),
      verification: confirmsByLink(pool) ? 'link' : 'code',
    },
    passwordPolicy: {
      minimumLength: policy?.MinimumLength ?? 8,
      requireLowercase: policy?.RequireLowercase ?? false,
      requireUppercase: policy?.RequireUppercase ?? false,
      requireNumbers: policy?.RequireNumbers ?? false,
      requireSymbols: policy?.RequireSymbols ?? false,
    },
    authFlows: [...effectiveAuthFlows(client)].sort(),
    signInLinks: links?.Enabled === true && signInLinkAddress(client) !== undefined,
    changeableAddresses: codeAttributes
      .toReversed()
      .filter((name) => isWritable(name) && !isFixed(name)),
  };
}
