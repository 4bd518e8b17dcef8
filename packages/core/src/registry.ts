import { operations, type OperationName } from '@poolhouse/model';
import type { Registry } from './execute.ts';
import type { Operation } from './operation.ts';
import { attributesOperations } from './operations/attributes/index.ts';
import { clientsOperations } from './operations/clients/index.ts';
import { groupsOperations } from './operations/groups/index.ts';
import { poolsOperations } from './operations/pools/index.ts';
import { sessionsOperations } from './operations/sessions/index.ts';
import { signInOperations } from './operations/sign-in/index.ts';
import { signUpOperations } from './operations/sign-up/index.ts';
import { tagsOperations } from './operations/tags/index.ts';
import { usersOperations } from './operations/users/index.ts';
import { brandingOperations } from './operations/branding/index.ts';
import { devicesOperations } from './operations/devices/index.ts';
import { domainsOperations } from './operations/domains/index.ts';
import { importOperations } from './operations/import/index.ts';
import { mfaOperations } from './operations/mfa/index.ts';
import { protectionOperations } from './operations/protection/index.ts';
import { passkeysOperations } from './operations/passkeys/index.ts';
import { providersOperations } from './operations/providers/index.ts';
import { resourceServersOperations } from './operations/resource-servers/index.ts';
import type { NotBuilt } from './not-built.ts';

/** Every operation that is not listed as not built: one that is missing here does not compile. */
const built: { readonly [Name in Exclude<OperationName, NotBuilt>]: Operation<Name> } = {
  ...attributesOperations,
  ...brandingOperations,
  ...clientsOperations,
  ...devicesOperations,
  ...domainsOperations,
  ...groupsOperations,
  ...importOperations,
  ...mfaOperations,
  ...passkeysOperations,
  ...poolsOperations,
  ...protectionOperations,
  ...providersOperations,
  ...resourceServersOperations,
  ...sessionsOperations,
  ...signInOperations,
  ...signUpOperations,
  ...tagsOperations,
  ...usersOperations,
};

/** All built operations, by name. */
export const registry: Registry = new Map(
  // Each one runs on the input of its own name, which `decodeInput` has made.
  (Object.values(built) as unknown as readonly Operation[]).map((one) => [one.name, one]),
);

/** The names of the built operations, in the model's order. */
export const builtOperations: readonly OperationName[] = (
  Object.keys(operations) as OperationName[]
).filter((name) => registry.has(name));
