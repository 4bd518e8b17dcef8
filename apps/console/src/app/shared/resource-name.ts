/** Whether a user pool or an app client can have this name. Source: API model, UserPoolNameType and ClientNameType. */
export function isResourceName(text: string): boolean {
  return /^[\w\s+=,.@-]{1,128}$/.test(text);
}
