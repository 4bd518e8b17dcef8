/** @module Administrators' operations of a user pool, based on the AWS SDK. */
export {
  administrators,
  NewUserGroupError,
  type Administrators,
  type AdministratorsOptions,
  type CreatedUser,
  type ListUsersOptions,
  type NewUser,
} from './administrators.ts';
export type { Invitation } from './invitation.ts';
export type { PoolUser } from './pool-user.ts';
