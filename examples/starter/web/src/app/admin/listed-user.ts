/** A user as `GET /api/admin` lists one. */
export interface ListedUser {
  readonly username: string;
  readonly email?: string;
  readonly status?: string;
  readonly enabled: boolean;
  readonly isAdmin: boolean;
}

/** What `GET /api/admin` answers. */
export interface UserList {
  readonly users: readonly ListedUser[];
  /** There are further users in the pool. */
  readonly more: boolean;
}
