import type { SealedPlace } from './pool-secrets.ts';

/** Every place that holds a sealed value. Nothing else is ever sealed, so a rotation forgets nothing (core/rotation/reseal.ts). */
export const sealedPlaces = {
  /** Current and former passwords of a user. */
  password: (sub: string): SealedPlace => ({ table: 'users', row: sub, column: 'password' }),
  srpVerifier: (sub: string): SealedPlace => ({ table: 'users', row: sub, column: 'srp' }),
  /** An authenticator application's secret, and that of one being set up. */
  softwareToken: (sub: string): SealedPlace => ({
    table: 'users',
    row: sub,
    column: 'software_token',
  }),
  clientSecret: (client: string, id: string): SealedPlace => ({
    table: 'clients',
    row: client,
    column: id,
  }),
  signingKey: (kid: string): SealedPlace => ({
    table: 'signing_keys',
    row: kid,
    column: 'private',
  }),
  /** Where a session was last used from. The table keeps its first name (ADR 25). */
  lastUse: (session: string): SealedPlace => ({
    table: 'token_families',
    row: session,
    column: 'last_use',
  }),
  /** What a device of a user proves itself by: bound to both, so that it stands in for nobody else's second factor. */
  deviceVerifier: (sub: string, key: string): SealedPlace => ({
    table: 'devices',
    row: `${sub}/${key}`,
    column: 'verifier',
  }),
  /** Where a device was last used from. */
  deviceUse: (sub: string, key: string): SealedPlace => ({
    table: 'devices',
    row: `${sub}/${key}`,
    column: 'last_use',
  }),
  /** The secret details of an identity provider. */
  providerSecrets: (pool: string, name: string): SealedPlace => ({
    table: 'identity_providers',
    row: `${pool}/${name}`,
    column: 'secrets',
  }),
  /** A pool's private key for SAML. */
  samlKey: (pool: string, use: string): SealedPlace => ({
    table: 'saml_keys',
    row: `${pool}/${use}`,
    column: 'private',
  }),
  accessKey: (id: string): SealedPlace => ({ table: 'access_keys', row: id, column: 'secret' }),
  /** A part of a file of users: it lives for at most a day and its import, so like a message it is not sealed anew. */
  importPart: (upload: string, number: number): SealedPlace => ({
    table: 'import_parts',
    row: `${upload}/${number}`,
    column: 'content',
  }),
  /** A message that is waiting to be sent; it lives for at most a day. */
  message: (id: string): SealedPlace => ({ table: 'outbox', row: id, column: 'content' }),
} as const;
