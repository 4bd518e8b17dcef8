import {
  auditedWork,
  createClient,
  createPool,
  Failure,
  registry,
  serverContext,
  sub,
  type Caller,
  type Execute,
  type Storage,
  type Stores,
  type World,
} from '@poolhouse/core';
import { decodeInput, type InputOf, type OperationName, type OutputOf } from '@poolhouse/model';
import {
  ADMINISTRATORS_POOL,
  ADMINISTRATORS_REGION,
  CONSOLE_CLIENT,
  OWNERS,
} from '../pools/administrators-pool.ts';
import { ROLES } from './roles.ts';

/** What manages the administrators' pool. */
export interface AdministratorParts {
  readonly storage: Storage;
  readonly world: World;
  readonly execute: Execute;
  /** The actor in the audit. */
  readonly actor?: 'console' | 'command line' | 'set-up';
  /** The administrator on whose behalf it is done, if there is one; the audit names them. */
  readonly administrator?: string;
  /** The network address that the request came from, if it came over a network. */
  readonly source?: string | undefined;
}

/** Creates the administrators' pool, its client and its groups if they are missing. */
export async function prepareAdministrators(parts: AdministratorParts): Promise<void> {
  const { stores } = parts.storage;
  const { actor = 'console' } = parts;
  const ctx = (operation: string) =>
    serverContext(parts.storage, parts.world, { audited: { actor, operation } });
  if ((await stores.pools.get(ADMINISTRATORS_POOL)) === undefined) {
    const input: InputOf<'CreateUserPool'> = {
      PoolName: 'Administrators',
      DeletionProtection: 'ACTIVE',
      UsernameConfiguration: { CaseSensitive: false },
      AliasAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 15,
          RequireUppercase: false,
          RequireLowercase: false,
          RequireNumbers: false,
          RequireSymbols: false,
        },
      },
    };
    await unlessThere(
      () => createPool(ctx('CreateUserPool'), input, { id: ADMINISTRATORS_POOL }),
      () => stores.pools.get(ADMINISTRATORS_POOL),
    );
  }
  if ((await stores.clients.get(CONSOLE_CLIENT)) === undefined) {
    const input: InputOf<'CreateUserPoolClient'> = {
      UserPoolId: ADMINISTRATORS_POOL,
      ClientName: 'Console',
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      AccessTokenValidity: 5,
      IdTokenValidity: 5,
      RefreshTokenValidity: 12,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'hours' },
      WriteAttributes: ['name'],
    };
    await unlessThere(
      () => createClient(ctx('CreateUserPoolClient'), input, { id: CONSOLE_CLIENT }),
      () => stores.clients.get(CONSOLE_CLIENT),
    );
  }
  const {
    nowMs,
    stores: { groups },
  } = ctx('CreateGroup');
  for (const name of ROLES) {
    await groups.createIfAbsent({
      poolId: ADMINISTRATORS_POOL,
      name,
      createdAtMs: nowMs,
      modifiedAtMs: nowMs,
    });
  }
}

/** Whether anybody owns this server yet. */
export async function hasOwner(storage: Storage): Promise<boolean> {
  const { items } = await storage.stores.groups.members(ADMINISTRATORS_POOL, OWNERS, 1);
  return items.length > 0;
}

/** The first owner, as entered on the set-up page. */
export interface FirstOwner {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Creates the first owner. `false` if there is one already, or if `spend`, in the same transaction, finds that the set-up link has been
 * used: if two browsers use it at once, one succeeds (security.md V13). Refusals of the name or the password are the API's own {@link
 * Failure}.
 */
export async function makeFirstOwner(
  parts: AdministratorParts,
  { username, email, password }: FirstOwner,
  spend: (stores: Stores) => Promise<boolean>,
): Promise<boolean> {
  if (await hasOwner(parts.storage)) return false;
  const user = { UserPoolId: ADMINISTRATORS_POOL, Username: username };
  const { User } = await runAsConsole(parts, 'AdminCreateUser', {
    ...user,
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: email },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  try {
    await runAsConsole(parts, 'AdminSetUserPassword', {
      ...user,
      Password: password,
      Permanent: true,
    });
    const id = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
    if (await becomeFirstOwner(parts, id, spend)) return true;
  } catch (error) {
    await runAsConsole(parts, 'AdminDeleteUser', user);
    throw error;
  }
  await runAsConsole(parts, 'AdminDeleteUser', user);
  return false;
}

async function becomeFirstOwner(
  { storage, world, actor = 'console', source }: AdministratorParts,
  id: string,
  spend: (stores: Stores) => Promise<boolean>,
): Promise<boolean> {
  const operation = 'AdminAddUserToGroup';
  const work = { actor, source, operation, poolId: ADMINISTRATORS_POOL };
  return auditedWork(storage, world, work).transaction(async (stores) => {
    const { groups } = stores;
    // The group's lock serializes two set-ups.
    await groups.change(ADMINISTRATORS_POOL, OWNERS, (group) => group);
    const { items } = await groups.members(ADMINISTRATORS_POOL, OWNERS, 1);
    if (items.length > 0 || !(await spend(stores))) return false;
    const ref = { poolId: ADMINISTRATORS_POOL, sub: sub(id) };
    await groups.addMember(ref, OWNERS, world.clock.nowMs());
    return true;
  });
}

/** Runs an operation on the administrators' pool, which requests cannot reach. Refusals are the API's own {@link Failure}. */
export async function runAsConsole<Name extends OperationName>(
  { execute, actor = 'console', administrator, source }: AdministratorParts,
  name: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  const operation = registry.get(name);
  const decoded = decodeInput(name, input);
  if (operation === undefined) throw new Error(`${name} is not built`);
  if (!decoded.ok) throw new Failure('InvalidParameterException', decoded.message);
  const who =
    administrator === undefined
      ? ({ kind: 'server', id: actor } as const)
      : ({ kind: 'administrator', id: administrator } as const);
  const caller: Caller = { ...who, region: ADMINISTRATORS_REGION, source };
  return await execute(operation, decoded.input, caller);
}

/** Two nodes that start together may both try; the second finds it done. */
async function unlessThere(
  make: () => Promise<unknown>,
  find: () => Promise<unknown>,
): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!(error instanceof Failure) || (await find()) === undefined) throw error;
  }
}
