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
import type { NotBuilt } from './not-built.ts';

/** Every operation that is not listed as not built: one that is missing here does not compile. */
const built: { readonly [Name in Exclude<OperationName, NotBuilt>]: Operation<Name> } = {
  ...attributesOperations,
  ...clientsOperations,
  ...groupsOperations,
  ...poolsOperations,
  ...sessionsOperations,
  ...signInOperations,
  ...signUpOperations,
  ...tagsOperations,
  ...usersOperations,
};

/** All built operations, by name. */
export const registry: Registry = new Map(
  Object.values<Operation<never>>(built).map((operation) => [
    operation.name,
    operation as unknown as Operation,
  ]),
);

/** The names of the built operations, in the model's order. */
export const builtOperations: readonly OperationName[] = (
  Object.keys(operations) as OperationName[]
).filter((name) => registry.has(name));
