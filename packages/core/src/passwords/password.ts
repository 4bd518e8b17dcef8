import {
  codeMac,
  equalInConstantTime,
  randomUuid,
  sealedMark,
  sealedPlaces,
  decoySrpVerifier,
  type PoolSecrets,
  type Random,
  type SrpVerifier,
} from '../crypto/index.ts';
import { poolNameOf, type Sub } from '../domain/ids.ts';
import { policyProblem } from '../domain/passwords/password-policy.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import type { User } from '../domain/users/user.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';

/** The sealed columns of a password. */
export type SealedPassword = Pick<User, 'sealedPassword' | 'sealedSrp'>;

/** Refuses a password against the pool's policy. Source: behaviour.md 5.2. */
export function requirePolicy(
  ctx: OperationContext<'InvalidPasswordException', never>,
  pool: Pool,
  password: string,
): void {
  const problem = policyProblem(pool.settings.Policies?.PasswordPolicy, password);
  if (problem !== undefined) ctx.fail('InvalidPasswordException', problem);
}

/** A password for a user's first sign-in. */
export interface FirstPassword {
  readonly text: string;
  /** Whether we generated it: some 100 random bits, which nobody can guess however fast the hash is. */
  readonly isMade: boolean;
}

/** Hashes and seals a password, with an SRP verifier if the pool's clients use one. Never call it in a transaction. */
export async function sealPassword(
  ctx: OperationContext<never, never>,
  pool: Pool,
  user: Pick<User, 'sub' | 'username'>,
  password: string,
): Promise<SealedPassword> {
  return sealed(ctx, pool, user, password, await ctx.world.hasher.hash(password, ctx.order));
}

/** The same for a first password. The slow hash protects passwords that people choose; for generated ones a keyed MAC is enough. */
export async function sealFirstPassword(
  ctx: OperationContext<never, never>,
  pool: Pool,
  user: Pick<User, 'sub' | 'username'>,
  { text, isMade }: FirstPassword,
): Promise<SealedPassword> {
  if (!isMade) return sealPassword(ctx, pool, user, text);
  const secrets = await ctx.secretsOf(pool.id);
  const rowId = randomUuid(ctx.random);
  const mac = madeMac(secrets, pool.id, user.sub, rowId, text);
  return sealed(ctx, pool, user, text, `${MADE}${rowId}.${mac}`);
}

/** Begins the stored form of a hash that another system has made; it follows as it was imported. */
const IMPORTED = 'imported.';

/** Seals a hash that was imported, and is within what may be computed. */
export function sealImportedHash(
  secrets: PoolSecrets,
  random: Random,
  userSub: Sub,
  hash: string,
): string {
  return secrets.seal(random, sealedPlaces.password(userSub), IMPORTED + hash);
}

/** Begins the stored form of a generated password, where others have a PHC string; it is followed by the row's id, a dot, and the MAC. */
const MADE = 'made.';

function madeMac(
  secrets: PoolSecrets,
  poolId: string,
  userSub: string,
  rowId: string,
  password: string,
): string {
  const binding = { poolId, userSub, rowId, clientId: '', attribute: '' };
  const purpose = 'made-password';
  return codeMac(secrets.subkey('made-passwords'), { ...binding, purpose }, password);
}

async function sealed(
  ctx: OperationContext<never, never>,
  pool: Pool,
  user: Pick<User, 'sub' | 'username'>,
  password: string,
  stored: string,
): Promise<SealedPassword> {
  const secrets = await ctx.secretsOf(pool.id);
  const { random } = ctx;
  return {
    sealedPassword: secrets.seal(random, sealedPlaces.password(user.sub), stored),
    sealedSrp: pool.allowsSrp
      ? await sealedVerifier(ctx, secrets, pool, user, password)
      : undefined,
  };
}

async function sealedVerifier(
  ctx: OperationContext<never, never>,
  secrets: PoolSecrets,
  pool: Pool,
  user: Pick<User, 'sub' | 'username'>,
  password: string,
): Promise<string> {
  const { random } = ctx;
  const { srp } = ctx.world;
  const identity = { poolName: poolNameOf(pool.id), username: user.username, password };
  const verifier = await srp.verifier(identity, ctx.order);
  return secrets.seal(random, sealedPlaces.srpVerifier(user.sub), JSON.stringify(verifier));
}

/** The SRP verifier for a password that was just checked, if the pool wants one and the user lacks it. */
export async function missingVerifier(
  ctx: OperationContext<never, never>,
  pool: Pool,
  user: User,
  password: string,
): Promise<string | undefined> {
  if (!pool.allowsSrp || user.sealedSrp !== undefined) return undefined;
  return sealedVerifier(ctx, await ctx.secretsOf(pool.id), pool, user, password);
}

/**
 * Hashes the password that was just proved in our own way, if another system has hashed it, and makes the SRP verifier that only the password itself
 * can make. At once, since a later factor may never come; for whoever asks which password it is, it stays the same one.
 */
export async function restateImported(
  ctx: OperationContext<never, 'users'>,
  pool: Pool,
  user: User,
  password: string,
): Promise<void> {
  const { sealedPassword: former } = user;
  if (former === undefined) return;
  const secrets = await ctx.secretsOf(pool.id);
  const place = sealedPlaces.password(user.sub);
  if (!secrets.open(place, former).toString('utf8').startsWith(IMPORTED)) return;
  const phc = await ctx.world.hasher.hash(password, ctx.order);
  await ctx.stores.users.restatePassword(user, former, {
    sealedPassword: secrets.restate(ctx.random, place, former, phc),
    sealedSrp: await missingVerifier(ctx, pool, user, password),
  });
}

/** Whether a user still has the earlier password: not merely one with the same text. */
export function isSamePassword(
  now: Pick<User, 'sealedPassword'>,
  before: Pick<User, 'sealedPassword'>,
): boolean {
  return passwordMark(now) === passwordMark(before);
}

/** Tells the user's password from any earlier or later one, and reveals nothing else about it; empty without a password. */
export function passwordMark({ sealedPassword }: Pick<User, 'sealedPassword'>): string {
  return sealedPassword === undefined ? '' : sealedMark(sealedPassword);
}

/** Whether the password is the user's; costs the same for users without one. */
export async function passwordMatches(
  ctx: OperationContext<never, never>,
  user: User,
  password: string,
): Promise<boolean> {
  if (user.sealedPassword === undefined) return ctx.world.hasher.verifyDecoy(password, ctx.order);
  return opensWith(ctx, user, user.sealedPassword, password);
}

async function opensWith(
  ctx: OperationContext<never, never>,
  user: User,
  sealedPassword: string,
  password: string,
): Promise<boolean> {
  const secrets = await ctx.secretsOf(user.poolId);
  const stored = secrets.open(sealedPlaces.password(user.sub), sealedPassword).toString('utf8');
  if (stored.startsWith(IMPORTED)) {
    const hash = stored.slice(IMPORTED.length);
    return ctx.world.hasher.verifyImported(hash, password, ctx.order);
  }
  if (!stored.startsWith(MADE)) return ctx.world.hasher.verify(stored, password, ctx.order);
  // As long as for any other password: the timing must not reveal who has not signed in yet.
  await ctx.world.hasher.verifyDecoy(password, ctx.order);
  const [rowId = '', mac = ''] = stored.slice(MADE.length).split('.');
  return equalInConstantTime(madeMac(secrets, user.poolId, user.sub, rowId, password), mac);
}

/** The user's SRP salt and verifier, if one is stored. */
export async function openVerifier(
  ctx: TransactionContext<never, never>,
  user: User,
): Promise<SrpVerifier | undefined> {
  if (user.sealedSrp === undefined) return undefined;
  const secrets = await ctx.secretsOf(user.poolId);
  return JSON.parse(
    secrets.open(sealedPlaces.srpVerifier(user.sub), user.sealedSrp).toString('utf8'),
  ) as SrpVerifier;
}

/**
 * Refuses the temporary password as its own replacement: others know it, or it is in a mailbox. If the pool has a history, {@link
 * requireNewPassword} has already refused it. Cognito accepts it (behaviour.md 5.2); security.md D13.
 */
export async function requireOtherThanTemporary(
  ctx: OperationContext<'InvalidPasswordException', never>,
  user: User,
  password: string,
): Promise<void> {
  if (await passwordMatches(ctx, user, password)) {
    ctx.fail('InvalidPasswordException', messages.temporaryPasswordAgain);
  }
}

/** A sealed decoy verifier for each pool. */
const decoys = new WeakMap<PoolSecrets, string>();

/** Opens a verifier that fits no password, at the same cost as opening a user's (security.md B09). */
export async function openDecoyVerifier(
  ctx: TransactionContext<never, never>,
  pool: Pool,
): Promise<SrpVerifier> {
  const secrets = await ctx.secretsOf(pool.id);
  const place = sealedPlaces.srpVerifier('nobody');
  let sealedDecoy = decoys.get(secrets);
  if (sealedDecoy === undefined) {
    const verifier = decoySrpVerifier(secrets.subkey('simulated-users'), 'nobody');
    sealedDecoy = secrets.seal(ctx.random, place, JSON.stringify(verifier));
    decoys.set(secrets, sealedDecoy);
  }
  return JSON.parse(secrets.open(place, sealedDecoy).toString('utf8')) as SrpVerifier;
}

/**
 * Refuses a password that is the current one or among the last `PasswordHistorySize` (API model,
 * PasswordHistoryPolicyViolationException). Costs one hash check per remembered password.
 */
export async function requireNewPassword(
  ctx: OperationContext<'PasswordHistoryPolicyViolationException', never>,
  pool: Pool,
  user: User,
  password: string,
): Promise<void> {
  const size = pool.settings.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0;
  if (size === 0) return;
  const former = [user.sealedPassword, ...user.sealedHistory]
    .filter((one) => one !== undefined)
    .slice(0, size);
  for (const one of former) {
    if (await opensWith(ctx, user, one, password)) {
      ctx.fail(
        'PasswordHistoryPolicyViolationException',
        'Password has previously been used', // [unsure]
      );
    }
  }
}

/** The history after the current password is replaced: what the pool's policy still needs, newest first. */
export function historyAfterChange(pool: Pool, user: User): readonly string[] {
  const size = pool.settings.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0;
  if (size === 0 || user.sealedPassword === undefined) return [];
  return [user.sealedPassword, ...user.sealedHistory].slice(0, Math.max(0, size - 1));
}
