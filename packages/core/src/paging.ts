import { openState, sealState, type KeyObject } from './crypto/index.ts';
import { messages } from './domain/texts.ts';
import type { TransactionContext } from './operation.ts';

/** How long a token is valid. Source: behaviour.md 10. */
const LIFETIME_MS = 3_600_000;

/** Identifies what a list reads: the operation's name, then every parameter that determines the result, except the page size. */
export type PageContext = readonly [operation: string, ...parameters: string[]];

async function pagingKey(ctx: TransactionContext<never, never>, owner: string): Promise<KeyObject> {
  return (await ctx.secretsOf(owner)).subkey('paging');
}

function purposeOf(context: PageContext): string {
  return `page ${JSON.stringify(context)}`;
}

/**
 * Where a list continues, from the token that a caller sends back; `undefined` without a token. Tokens are sealed: a changed or expired
 * token, or one from another list, ends with InvalidParameterException. `owner` is the pool, or SERVER_SECRETS.
 */
export async function readPageToken<Key extends string | object>(
  ctx: TransactionContext<'InvalidParameterException', never>,
  owner: string,
  context: PageContext,
  token: string | undefined,
): Promise<Key | undefined> {
  if (token === undefined) return undefined;
  const key = await pagingKey(ctx, owner);
  const opened = openState<{ after: Key }>(key, purposeOf(context), token, ctx.nowMs);
  if (!opened.ok) {
    return ctx.fail('InvalidParameterException', messages.invalidPageToken, opened.reason);
  }
  return opened.value.after;
}

/** The token that continues the list after `after`; `undefined` on the last page. Valid for one hour. */
export async function writePageToken(
  ctx: TransactionContext<never, never>,
  owner: string,
  context: PageContext,
  after: string | object | undefined,
): Promise<string | undefined> {
  if (after === undefined) return undefined;
  const key = await pagingKey(ctx, owner);
  const options = { random: ctx.random };
  return sealState(key, purposeOf(context), { after }, ctx.nowMs + LIFETIME_MS, options);
}
