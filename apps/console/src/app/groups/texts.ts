import type { GroupProblem } from './group-draft.ts';

/** Texts of the groups' pages, ready to be translated. */
export const groupTexts = {
  title: 'Groups',
  lead: 'What people belong to. Groups stand in the tokens, so that your back end can decide by them.',
  create: 'Create group',
  emptyHead: 'No groups yet',
  empty:
    'Make one for each kind of access, such as “admin” or “support”. A group may carry a role; where a person has several, the group with the lowest precedence wins.',
  group: 'Group',
  description: 'Description',
  descriptionHint: 'For the people who run this pool.',
  precedence: 'Precedence',
  precedenceHint:
    '0 counts most. Decides which role is preferred when somebody is in several groups.',
  role: 'Role (ARN)',
  roleShort: 'Role',
  roleHint: 'Stands in the ID token as cognito:roles. Leave it empty if you use groups alone.',
  name: 'Name',
  nameHint: 'Fixed once created. It stands in the tokens.',
  created: (name: string) => `Group ${name} is created.`,
  changed: 'Changed',
  back: 'Groups',
  gone: 'There is no such group',
  goneLead: 'It may have been deleted, or the address of this page is not complete.',
  details: 'Details',
  members: 'Members',
  membersLead: 'A change counts from the next token on.',
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
    'People stay, but are in this group no longer: what they may do by it ends with their next token.',
  deleteWords: 'The group is removed for all members. This cannot be undone.',
  deleted: (name: string) => `Group ${name} is deleted.`,
  nothing: 'none',
} as const;

export const groupProblems: Readonly<Record<GroupProblem, string>> = {
  'no-name': 'Enter a name.',
  'long-name': 'Use up to 128 letters, digits and signs, without spaces.',
  'not-a-role': 'Enter an ARN such as arn:aws:iam::123456789012:role/staff.',
  'role-stays': 'A role can be replaced but not taken away. Make a new group without one.',
  'not-a-number': 'Enter a whole number, 0 or more.',
  'precedence-stays': 'A precedence can be changed but not taken away.',
};
