export type * from './generated/enums.ts';
export type * from './generated/structures.ts';
export { errorNames } from './generated/errors.ts';
export type {
  Area,
  Authorisation,
  AuthorisationOf,
  EnumName,
  ErrorName,
  ErrorOf,
  InputOf,
  OperationAccess,
  OperationDeclaration,
  OperationName,
  OutputOf,
  PoolMember,
} from './operations.ts';
export {
  enumValues,
  isOperationName,
  operationNames,
  operations,
  poolNamedBy,
} from './operations.ts';
export type {
  BlobShape,
  ListShape,
  MapShape,
  NumberShape,
  PlainShape,
  Shape,
  StringShape,
  StructureShape,
} from './shape/shape.ts';
export { decodeInput, shapeProblem, type Decoded } from './decode-input.ts';
export { encodeOutput } from './encode-output.ts';
export { isSensitive, sensitiveMembers } from './sensitive-members.ts';
export { shapeNamed } from './shape-named.ts';
