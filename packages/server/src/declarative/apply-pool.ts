import {
  auditedWork,
  createPool,
  deletionOfPool,
  poolId,
  serverContext,
  type Pool,
  type Storage,
  type World,
} from '@poolhouse/core';
import type { SchemaAttributeType } from '@poolhouse/model';
import { FORMER_DEFAULT_REGION } from '../pools/default-region.ts';
import { finishJob } from '../jobs/finish-job.ts';
import type { Api } from './api.ts';
import { applyWhole } from './apply-whole.ts';
import { applyConfigurations } from './apply-configurations.ts';
import type { DeclaredPool } from './declaration.ts';
import type { DeclarationFile, Path } from './read-declaration.ts';
import { holds, without } from './same-settings.ts';

/** What applying a declaration needs. */
export interface DeclarationParts {
  readonly storage: Storage;
  readonly world: World;
  readonly api: Api;
  readonly file: DeclarationFile;
}

/** What was done with something declared. */
export type Result = 'created' | 'updated' | 'kept';

/** Settings that UpdateUserPool cannot change. Source: API model, UpdateUserPool. */
const FIXED = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'] as const;
/** Each text can be set under two names: setting one must not bring back the other's old value. Source: behaviour.md 3.1. */
const MIRRORED = ['EmailVerificationMessage', 'EmailVerificationSubject', 'SmsVerificationMessage'];

/** A pool of the file, and what was done with it. */
interface AppliedPool {
  readonly pool: Pool;
  readonly result: Result;
}

/** Creates the pool, or updates the settings that the file names. */
export async function applyPool(
  parts: DeclarationParts,
  declared: DeclaredPool,
  region: string,
  path: Path,
): Promise<AppliedPool> {
  const applied = await applyApiSettings(parts, declared, region, path);
  const pool = await applyOwnSettings(parts, applied.pool, declared);
  const hasOtherWholes = await applyWholes(parts, pool, declared, path);
  const hasOthers = await applyConfigurations(parts, pool, declared);
  const isSame = pool === applied.pool && !hasOtherWholes && !hasOthers;
  return { pool, result: isSame || applied.result === 'created' ? applied.result : 'updated' };
}

/** Sets what no operation can set; returns the same pool if there is nothing to do. */
async function applyOwnSettings(
  { storage, world }: DeclarationParts,
  pool: Pool,
  { changePasswordKeepsSessions: wanted }: DeclaredPool,
): Promise<Pool> {
  const present = pool.settings.ChangePasswordKeepsSessions ?? false;
  if (wanted === undefined || wanted === present) return pool;
  const work = { actor: 'declaration', operation: 'UpdateUserPool' };
  const { pools } = auditedWork(storage, world, work).stores;
  const changed = await pools.change(pool.id, (current) => ({
    ...current,
    settings: { ...current.settings, ChangePasswordKeepsSessions: wanted || undefined },
  }));
  return changed ?? pool;
}

/** Sets what operations of their own replace: factors and passkeys, then sessions; returns whether there was something to do. */
async function applyWholes(
  { api }: DeclarationParts,
  { id: UserPoolId }: Pool,
  { mfa, sessions }: DeclaredPool,
  path: Path,
): Promise<boolean> {
  const of = { UserPoolId };
  const factors = { get: 'GetUserPoolMfaConfig', set: 'SetUserPoolMfaConfig', of } as const;
  const tracking = {
    get: 'GetUserPoolSessionConfiguration',
    set: 'SetUserPoolSessionConfiguration',
    of,
  } as const;
  const hasOtherFactors = await applyWhole(api, factors, mfa, [...path, 'mfa']);
  const hasOtherSessions = await applyWhole(api, tracking, sessions, [...path, 'sessions']);
  return hasOtherFactors || hasOtherSessions;
}

async function applyApiSettings(
  parts: DeclarationParts,
  declared: DeclaredPool,
  region: string,
  path: Path,
): Promise<AppliedPool> {
  const { storage, world, api } = parts;
  const { name, settings } = declared;
  const place = [...path, 'settings'];
  const input = api.check('CreateUserPool', { ...settings, PoolName: name }, place);
  const found = await findPool(parts, declared, region, path);
  if (found !== undefined) return updatePool(parts, found, declared, place);
  if (declared.id !== undefined) {
    await finishJob(parts, deletionOfPool(poolId(declared.id)));
    const made = await api
      .explained(place, () =>
        createPool(
          serverContext(storage, world, {
            audited: { actor: 'declaration', operation: 'CreateUserPool' },
          }),
          input,
          { id: declared.id },
        ),
      )
      .catch(async (error: unknown) => {
        // A node of an older build does not wait for its turn; a pool that it has created counts as found.
        if ((await findPool(parts, declared, region, path)) === undefined) throw error;
        return undefined;
      });
    if (made === undefined) return applyApiSettings(parts, declared, region, path);
    return { pool: made, result: 'created' };
  }
  const { UserPool } = await api.run('CreateUserPool', input as never, place);
  const pool = await storage.stores.pools.get(poolId(UserPool?.Id ?? ''));
  if (pool === undefined) throw new Error(`the pool ${name} is gone again`);
  return { pool, result: 'created' };
}

async function findPool(
  { storage, file }: DeclarationParts,
  declared: DeclaredPool,
  region: string,
  path: Path,
): Promise<Pool | undefined> {
  const { pools } = storage.stores;
  if (declared.id !== undefined) {
    const pool = await pools.get(poolId(declared.id));
    if (pool !== undefined || declared.formerId === undefined) return pool;
    return pools.get(poolId(declared.formerId));
  }
  const found: Pool[] = [];
  for (const name of searchedRegions(declared, region)) {
    let after: Parameters<typeof pools.list>[2];
    do {
      const page = await pools.list(name, 100, after);
      found.push(...page.items.filter((one) => one.name === declared.name));
      after = page.after;
    } while (after !== undefined);
    if (found.length > 0) break;
  }
  if (found.length > 1) {
    throw file.refuse(
      [...path, 'name'],
      `is the name of ${found.length} pools in ${region}`,
      `Say which one by its id, such as ${found[0]?.id ?? ''}.`,
    );
  }
  return found[0];
}

/** A pool without a region may be in the one that was the default when it was created. */
function searchedRegions(declared: DeclaredPool, region: string): readonly string[] {
  return declared.region === undefined ? [region, FORMER_DEFAULT_REGION] : [region];
}

async function updatePool(
  parts: DeclarationParts,
  pool: Pool,
  declared: DeclaredPool,
  place: Path,
): Promise<AppliedPool> {
  const { api, storage } = parts;
  const { settings, name } = declared;
  refuseFixed(parts, pool, settings, place);
  const schemaGrew = await addAttributes(parts, pool, settings, place);
  const changeable = without(settings, [...FIXED, 'Schema']);
  const differs = !holds(changeable, pool.settings) || pool.name !== name;
  if (differs) {
    const hasTexts = [...MIRRORED, 'VerificationMessageTemplate'].some((text) => text in settings);
    const present = without(pool.settings, [
      ...FIXED,
      'SchemaAttributes',
      'ChangePasswordKeepsSessions',
      ...(hasTexts ? [...MIRRORED, 'VerificationMessageTemplate'] : []),
    ]);
    const input = { ...present, ...changeable, PoolName: name, UserPoolId: pool.id };
    await api.run('UpdateUserPool', input, place);
  }
  const now = (await storage.stores.pools.get(pool.id)) ?? pool;
  return { pool: now, result: differs || schemaGrew ? 'updated' : 'kept' };
}

function refuseFixed(
  { file }: DeclarationParts,
  pool: Pool,
  settings: Readonly<Record<string, unknown>>,
  place: Path,
): void {
  for (const name of FIXED) {
    if (!(name in settings) || holds(settings[name], pool.settings[name])) continue;
    throw file.refuse(
      [...place, name],
      `differs from the pool ${pool.id}, where it can never change`,
      'Put the former value back, or declare another pool with an id of its own.',
    );
  }
}

/** Adds custom attributes that the file has and the pool lacks; the rules of standard attributes can never change. */
async function addAttributes(
  { api, file }: DeclarationParts,
  pool: Pool,
  settings: Readonly<Record<string, unknown>>,
  place: Path,
): Promise<boolean> {
  const wanted = (settings['Schema'] ?? []) as readonly SchemaAttributeType[];
  const known = new Map(
    pool.settings.SchemaAttributes.map((attribute) => [attribute.Name, attribute]),
  );
  const added = wanted.filter((attribute, index) => {
    const { Name = '' } = attribute;
    const present =
      known.get(Name) ?? known.get(`custom:${Name}`) ?? known.get(`dev:custom:${Name}`);
    if (present === undefined) return true;
    if (holds({ ...attribute, Name: present.Name }, present)) return false;
    throw file.refuse(
      [...place, 'Schema', index],
      `differs from the attribute ${present.Name ?? ''} of the pool ${pool.id}, which can never change`,
      'Put the former value back, or declare another pool with an id of its own.',
    );
  });
  if (added.length === 0) return false;
  await api.run('AddCustomAttributes', { UserPoolId: pool.id, CustomAttributes: added }, [
    ...place,
    'Schema',
  ]);
  return true;
}
