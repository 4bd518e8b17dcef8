import type { CreateUserPoolRequest } from '@poolhouse/model';
import { randomText } from '../crypto/index.ts';
import { poolId, regionOf } from '../domain/ids.ts';
import type { Pool } from '../domain/pools/pool.ts';
import {
  poolRequestProblem,
  poolSettingsProblem,
  signInNamesProblem,
} from '../domain/pools/pool-checks.ts';
import { newSchema } from '../domain/pools/pool-schema.ts';
import { poolSettings } from '../domain/pools/pool-settings.ts';
import { messages } from '../domain/texts.ts';
import { issuerConfigurationOf } from '../domain/tokens/issuer.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';

const alphanumeric = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The errors that creating a pool can end with. */
export type CreatePoolError =
  'InvalidParameterException' | 'FeatureUnavailableInTierException' | 'NotAuthorizedException';

/**
 * Creates a pool with its data key and signing keys: for CreateUserPool, and for pools in a declaration. Its region is the caller's, unless
 * `id` fixes it (`<region>_<alphanumeric>`). Never call it in a transaction.
 */
export async function createPool(
  ctx: OperationContext<CreatePoolError, 'pools' | 'nameReview' | 'dataKeys' | 'signingKeys'>,
  input: CreateUserPoolRequest,
  options: { readonly id?: string } = {},
): Promise<Pool> {
  const pool = newPool(ctx, input, options.id);
  const keys = await ctx.world.signingKeys.generate();
  await ctx.atomically(async (tx) => {
    if (!(await tx.stores.pools.createIfAbsent(pool))) {
      tx.fail('InvalidParameterException', messages.poolIdTaken(pool.id));
    }
    // It has no users whose names have older keys.
    await tx.stores.nameReview.note({ poolId: pool.id, doneAtMs: ctx.nowMs });
    const secrets = await ctx.world.vault.create(tx.stores, pool.id, ctx.nowMs);
    await ctx.world.signingKeys.store(tx.stores, pool.id, secrets, keys, ctx.nowMs);
  });
  return pool;
}

function newPool(
  ctx: OperationContext<CreatePoolError, never>,
  input: CreateUserPoolRequest,
  fixedId: string | undefined,
): Pool {
  const region = fixedId === undefined ? callersRegion(ctx) : regionOf(poolId(fixedId));
  const id = fixedId ?? `${region}_${randomText(ctx.random, alphanumeric, 9)}`;
  const schema = newSchema(input.Schema);
  if (!schema.ok) return ctx.fail(schema.problem.code, schema.problem.message);
  const problem =
    signInNamesProblem(input) ??
    poolRequestProblem({ given: input, region }) ??
    poolSettingsProblem({ settings: input, occasion: 'create' });
  if (problem !== undefined) return ctx.fail(problem.code, problem.message);
  const fixed = {
    ...input,
    SchemaAttributes: schema.attributes,
    IssuerConfiguration: issuerConfigurationOf(ctx.world.issuerOfNewPools),
  };
  return {
    id: poolId(id),
    region,
    name: input.PoolName,
    settings: poolSettings(input, fixed, region),
    allowsSrp: false,
    createdAtMs: ctx.nowMs,
    modifiedAtMs: ctx.nowMs,
  };
}

/** A key that is limited to some pools cannot create others: it could not even describe them. */
function callersRegion(ctx: TransactionContext<CreatePoolError, never>): string {
  const { caller } = ctx;
  if (caller.kind === 'anyone') throw new Error('a pool needs a region or a fixed id');
  if (caller.pools !== undefined) ctx.fail('NotAuthorizedException', messages.poolsRestricted);
  return caller.region;
}
