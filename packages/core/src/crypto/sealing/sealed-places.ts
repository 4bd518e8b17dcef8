import type { SealedPlace } from './pool-secrets.ts';

/** Every place where a sealed value stands: what is not here is never sealed, so a rotation forgets nothing (core/rotation/reseal.ts). */
export const sealedPlaces = {
  /** Current and former passwords of a user. */
  password: (sub: string): SealedPlace => ({ table: 'users', row: sub, column: 'password' }),
  srpVerifier: (sub: string): SealedPlace => ({ table: 'users', row: sub, column: 'srp' }),
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
  /** Where a session was used from last. The table keeps the name that it had first (ADR 25). */
  lastUse: (session: string): SealedPlace => ({
    table: 'token_families',
    row: session,
    column: 'last_use',
  }),
  accessKey: (id: string): SealedPlace => ({ table: 'access_keys', row: id, column: 'secret' }),
  /** A message on its way; it lives a day at most. */
  message: (id: string): SealedPlace => ({ table: 'outbox', row: id, column: 'content' }),
} as const;
