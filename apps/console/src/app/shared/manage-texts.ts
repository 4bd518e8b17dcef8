import type { Role } from '../api/session';

/** Texts of the pages that run a pool, where several features say the same. */
export const manageTexts = {
  typeToConfirm: 'To confirm, type',
  working: 'Working…',
  loading: 'Loading',
  save: 'Save changes',
  saving: 'Saving…',
  discard: 'Discard',
  unsaved: 'You have changes that are not saved.',
  saved: 'Saved.',
  previous: 'Previous',
  next: 'Next',
  none: 'none',
  actions: 'Actions',
  optional: 'optional',
} as const;

const roleNames: Readonly<Record<Role, string>> = {
  viewer: 'viewers',
  operator: 'operators and owners',
  owner: 'owners',
};

/** Why a control does nothing for this role. */
export function needsText(least: Role | undefined, role: Role | undefined): string {
  if (least === undefined) return 'This server does not offer this yet.';
  return `Only ${roleNames[least]} may do this; you are signed in as ${role === 'viewer' ? 'a' : 'an'} ${role ?? 'viewer'}.`;
}
