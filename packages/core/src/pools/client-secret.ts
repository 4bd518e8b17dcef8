import {
  equalInConstantTime,
  randomText,
  sealedPlaces,
  secretHashMatches,
} from '../crypto/index.ts';
import type { Client, ClientSecret } from '../domain/clients/client.ts';
import { messages } from '../domain/texts.ts';
import type { TransactionContext } from '../operation.ts';

/** A new secret: 52 characters, some 268 bits. Source: behaviour.md 2. */
export function newClientSecret(ctx: TransactionContext<never, never>): string {
  return randomText(ctx.random, '0123456789abcdefghijklmnopqrstuvwxyz', 52);
}

/**
 * Seals a new secret for its client. Its id ends with the second in which it was made, or the next one that none of the client's secrets
 * has. The pool's data key must already exist: never call it in the transaction that creates the pool.
 */
export async function sealClientSecret(
  ctx: TransactionContext<never, never>,
  client: Pick<Client, 'id' | 'poolId' | 'secrets'>,
  secret: string,
): Promise<ClientSecret> {
  let second = Math.floor(ctx.nowMs / 1000);
  const idOf = () => `${client.id}--${second}`;
  while (client.secrets.some((other) => other.id === idOf())) second += 1;
  const id = idOf();
  const secrets = await ctx.secretsOf(client.poolId);
  const sealed = secrets.seal(ctx.random, sealedPlaces.clientSecret(client.id, id), secret);
  return { id, sealed, createdAtMs: ctx.nowMs };
}

/** The client's valid secrets, oldest first; none for a public client. */
export async function openClientSecrets(
  ctx: TransactionContext<never, never>,
  client: Client,
): Promise<readonly string[]> {
  if (client.secrets.length === 0) return [];
  const secrets = await ctx.secretsOf(client.poolId);
  return client.secrets.map(({ id, sealed }) =>
    secrets.open(sealedPlaces.clientSecret(client.id, id), sealed).toString('utf8'),
  );
}

/** Whether the text is one of the client's valid secrets; never true for a public client. */
export async function isClientSecret(
  ctx: TransactionContext<never, never>,
  client: Client,
  given: string,
): Promise<boolean> {
  return someMatch(await openClientSecrets(ctx, client), (secret) =>
    equalInConstantTime(secret, given),
  );
}

/**
 * Checks a request's SECRET_HASH against the user name in the same request, as typed. Clients without a secret need none; if they send one
 * all the same, it is refused (unsure). Source: behaviour.md 4.3.
 */
export async function requireSecretHash(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  client: Client,
  username: string,
  secretHash: string | undefined,
): Promise<void> {
  if (secretHash === undefined) {
    if (client.secrets.length === 0) return;
    return ctx.fail('NotAuthorizedException', messages.secretHashMissing(client.id));
  }
  if (!(await hashMatches(ctx, client, username, secretHash))) {
    ctx.fail('NotAuthorizedException', messages.secretHashWrong(client.id));
  }
}

/**
 * The same for a refresh, which has no USERNAME: the hash is over the stored user name, and a missing hash gets the same answer as a wrong
 * one. `username` is undefined before the token has been looked up. Source: settings.md 12#2.
 */
export async function requireRefreshSecretHash(
  ctx: TransactionContext<'NotAuthorizedException', never>,
  client: Client,
  username: string | undefined,
  secretHash: string | undefined,
): Promise<void> {
  const holds =
    secretHash === undefined
      ? client.secrets.length === 0
      : username === undefined || (await hashMatches(ctx, client, username, secretHash));
  if (!holds) ctx.fail('NotAuthorizedException', messages.secretHashOfRefresh(client.id));
}

async function hashMatches(
  ctx: TransactionContext<never, never>,
  client: Client,
  username: string,
  secretHash: string,
): Promise<boolean> {
  return someMatch(await openClientSecrets(ctx, client), (secret) =>
    secretHashMatches(secretHash, secret, username, client.id),
  );
}

/** Tries every secret, so that the timing does not reveal which one matched. */
function someMatch(secrets: readonly string[], matches: (secret: string) => boolean): boolean {
  return secrets.map(matches).includes(true);
}
