/** Characters that can be seen. */
const name = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** Whether a user can have this name, as far as its characters go. Source: API model, UsernameType. */
export function isUsername(text: string): boolean {
  return name.test(text);
}

/** Whether a group can have this name. Source: API model, GroupNameType. */
export function isGroupName(text: string): boolean {
  return name.test(text);
}

/** Whether a custom attribute can have this name, which comes without its `custom:`. Source: API model, CustomAttributeNameType. */
export function isCustomAttributeName(text: string): boolean {
  return /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u.test(text);
}

/** Whether a user pool or an app client can have this name. Source: API model, UserPoolNameType and ClientNameType. */
export function isResourceName(text: string): boolean {
  return /^[\w\s+=,.@-]{1,128}$/.test(text);
}

/** Whether a resource server can have this name. Source: API model, ResourceServerNameType. */
export function isResourceServerName(text: string): boolean {
  return /^[\w\s+=,.@-]{1,256}$/.test(text);
}

/** Whether a resource server can have this identifier. Source: API model, ResourceServerIdentifierType. */
export function isResourceServerIdentifier(text: string): boolean {
  return /^[\x21\x23-\x5B\x5D-\x7E]{1,256}$/.test(text);
}

/** Whether a scope of a resource server can have this name: as its identifier, without a slash. Source: API model, ResourceServerScopeNameType. */
export function isScopeName(text: string): boolean {
  return isResourceServerIdentifier(text) && !text.includes('/');
}

/** Whether a region can have this name. Poolhouse has pools in any region, also in those that AWS does not have. */
export function isRegionName(text: string): boolean {
  return /^[A-Za-z0-9-]{1,32}$/.test(text);
}
