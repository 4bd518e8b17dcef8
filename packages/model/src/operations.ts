import { enums } from './generated/enums.ts';
import type { errorNames } from './generated/errors.ts';
import { operationData, type OperationTypes } from './generated/operations.ts';

/**
 * How an operation knows its caller: `iam` by an AWS signature, `accessToken` by the token in its input, `client` by the app
 * client's id, `session` by the session or feedback token in its input (the software token operations accept an access token
 * instead). Source: behaviour.md 1.2.
 */
export type Authorisation = 'iam' | 'accessToken' | 'client' | 'session';

/** Whether an operation only looks, changes something, or gives tokens. What audit, roles and limits of keys go by. */
export type OperationAccess = 'read' | 'write' | 'sign-in';

/** What an operation is about; the name of its folder in core. */
export type Area =
  | 'pools'
  | 'clients'
  | 'users'
  | 'sign-up'
  | 'sign-in'
  | 'attributes'
  | 'groups'
  | 'mfa'
  | 'passkeys'
  | 'devices'
  | 'sessions'
  | 'providers'
  | 'resource-servers'
  | 'domains'
  | 'branding'
  | 'import'
  | 'protection'
  | 'replicas'
  | 'tags'
  | 'limits';

/** The member of an input that names its pool, by id or by ARN. */
export type PoolMember = 'UserPoolId' | 'ResourceArn';

/** What the API declares for one operation, and what the server's parts have to agree on about it. */
export interface OperationDeclaration {
  /** The name of the input structure. */
  readonly input: string;
  /** The name of the output structure; null for operations that answer nothing (behaviour.md 1.3). */
  readonly output: string | null;
  /** The errors that the API declares for it. */
  readonly errors: readonly ErrorName[];
  readonly authorisation: Authorisation;
  readonly access: OperationAccess;
  readonly area: Area;
  /** Null where the input names no pool. */
  readonly poolMember: PoolMember | null;
  /** Whether the input names one user. */
  readonly namesUser: boolean;
  /** Whether people with an account ask for it to get in or to keep their password: a share of the slow work is kept for them. */
  readonly isForAccounts: boolean;
  /** Whether an operation that names no pool leaves out the pools that its caller may not use. */
  readonly leavesOutOtherPools: boolean;
}

/** The name of an operation of the API. */
export type OperationName = keyof OperationTypes;

/** The name of an error that the API models. */
export type ErrorName = (typeof errorNames)[number];

/** The name of an enum of the API. */
export type EnumName = keyof typeof enums;

/** The input of an operation, after `decodeInput`. */
export type InputOf<N extends OperationName> = OperationTypes[N]['input'];

/** The output of an operation, before `encodeOutput`; an empty object where the API declares none. */
export type OutputOf<N extends OperationName> = OperationTypes[N]['output'];

/** The errors that the API declares for an operation. */
export type ErrorOf<N extends OperationName> = OperationTypes[N]['error'];

/** How an operation knows its caller, as a literal type. */
export type AuthorisationOf<N extends OperationName> = OperationTypes[N]['authorisation'];

/** Every operation of the API with what it declares. */
export const operations: Readonly<Record<OperationName, OperationDeclaration>> = operationData;

/** The names of all operations, in alphabetical order. */
export const operationNames = Object.keys(operationData) as readonly OperationName[];

/** Tells whether a text, such as the end of an `X-Amz-Target` header, names an operation of the API. */
export function isOperationName(text: string): text is OperationName {
  return Object.hasOwn(operationData, text);
}

/** The values of an enum of the API, in the model's order. */
export function enumValues<E extends EnumName>(name: E): (typeof enums)[E] {
  return enums[name];
}

const POOL_OF_ARN = /^arn:[^:]*:cognito-idp:[^:]*:[^:]*:userpool\/([^/]+)$/;

/** The pool that an operation's input names, by its id or by its ARN; `undefined` where it names none. */
export function poolNamedBy(name: OperationName, input: object): string | undefined {
  const { poolMember } = operations[name];
  const value = poolMember === null ? undefined : (input as Record<string, unknown>)[poolMember];
  if (typeof value !== 'string') return undefined;
  return poolMember === 'ResourceArn' ? POOL_OF_ARN.exec(value)?.[1] : value;
}
