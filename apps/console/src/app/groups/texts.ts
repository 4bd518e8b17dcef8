import type { GroupProblem } from './group-draft.ts';

/** Texts of the groups' pages, ready to be translated. */
export const groupTexts = {
  title: 'Groups',
  lead: 'Groups of users. Tokens list a user’s groups, so your back end can use them for its decisions.',
  create: 'Create group',
  emptyHead: 'No groups yet',
  empty:
    'Create one for each kind of access, such as “admin” or “support”. A group may have a role; if a user has several, the group with the lowest precedence wins.',
  group: 'Group',
  description: 'Description',
  descriptionHint: 'For the people who run this pool.',
  precedence: 'Precedence',
  precedenceHint:
    '0 is the highest. Decides which role is preferred when a user is in several groups.',
  role: 'Role (ARN)',
  roleShort: 'Role',
  roleHint: 'Listed in the ID token as cognito:roles. Leave it empty if you only use groups.',
  name: 'Name',
  nameHint: 'Fixed once created. Tokens contain it.',
  created: (name: string) => `Group ${name} is created.`,
  changed: 'Changed',
  back: 'Groups',
  gone: 'There is no such group',
  goneLead: 'It may have been deleted, or the address of this page is not complete.',
  details: 'Details',
  members: 'Members',
  membersLead: 'A change takes effect with the user’s next token.',
  noMembersHead: 'Nobody is in this group',
  noMembers: 'Add people below, or choose many on the page of users.',
  addMember: 'Add a member by user name',
  add: 'Add',
  added: (name: string) => `${name} is added.`,
  remove: 'Remove',
  removeWho: (name: string) => `Remove ${name}`,
  removed: (name: string) => `${name} is removed.`,
  user: 'User',
  email: 'Email',
  danger: 'Danger zone',
  delete: 'Delete group',
  deleteHead: (name: string) => `Delete ${name}?`,
  deleteLead:
    'The users stay, but leave this group: what it allowed them to do ends with their next token.',
  deleteWords: 'The group is removed for all members. This cannot be undone.',
  deleted: (name: string) => `Group ${name} is deleted.`,
  nothing: 'none',
} as const;

export const groupProblems: Readonly<Record<GroupProblem, string>> = {
  'no-name': 'Enter a name.',
  'long-name': 'Use up to 128 letters, digits and symbols, without spaces.',
  'not-a-role': 'Enter an ARN such as arn:aws:iam::123456789012:role/staff.',
  'role-stays': 'A role can be replaced but not removed. Create a new group without one.',
  'not-a-number': 'Enter a whole number, 0 or more.',
  'precedence-stays': 'A precedence can be changed but not removed.',
};
