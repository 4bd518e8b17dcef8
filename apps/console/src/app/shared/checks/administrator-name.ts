/**
 * Whether an administrator can have this name. They sign in with their emails as well: the administrators' pool refuses a name
 * that looks like one.
 */
export function isAdministratorName(text: string): boolean {
  return /^[^\s@]{1,128}$/u.test(text.trim());
}

/** What to say of a name that an administrator cannot have. */
export const badAdministratorName = 'A user name must not have spaces or be an email address.';
