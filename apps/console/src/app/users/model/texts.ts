import { attributeName, glossary } from '../../shared/glossary.ts';
import type { AttributeProblem } from './attribute-draft.ts';
import type { FirstPassword, PasswordRule } from './new-user.ts';
import type { UserAction } from './user-actions';
import type { UserState } from '../../shared/lists/user-shown.ts';
import type { SearchBy, StateFilter, UserSort } from '../../shared/lists/user-query.ts';

/** Texts of the users' pages, ready to be translated. */
export const userTexts = {
  title: 'Users',
  lead: 'Everyone with an account in this pool, whatever its status.',
  create: 'Create user',
  search: 'Search by name, email, phone or id',
  searchIn: 'Search in',
  state: 'Status',
  anyState: 'Any status',
  user: 'User',
  email: 'Email or phone',
  created: 'Created',
  lastSignIn: 'Last sign-in',
  never: 'never',
  notKnown: 'not known',
  notKnownWhy: 'Not known: this server did not record sign-ins at that time.',
  order: 'Order',
  all: 'Choose all on this page',
  choose: (name: string) => `Choose ${name}`,
  range: (from: number, to: number, total: number | undefined) =>
    total === undefined || total < to
      ? `${from} to ${to}`
      : `${from} to ${to} of ${total.toLocaleString('en')}`,
  found: (count: number) => (count === 1 ? '1 user found' : `${count} users found`),
  cut: 'There are more results. Type more, or choose one attribute to search in.',
  emptyHead: 'No users yet',
  empty:
    'People appear as soon as they sign up with one of your app clients. You can also create them here and send an invitation.',
  nothingHead: 'Nobody found',
  nothing:
    'The search looks for the beginning of a value: “mar” finds “mara”, “ara” does not. Also check the selected status.',
  clear: 'Clear the search',
  chosen: (count: number) => (count === 1 ? '1 user chosen' : `${count} users chosen`),
  clearChoice: 'Clear',

  createLead: 'Creates an account for somebody. They appear in the list at once.',
  username: 'User name',
  usernameHint: 'Fixed once created. People sign in with it.',
  addressName: (names: readonly string[]) => names.map(attributeName).join(' or '),
  addressHint: 'In this pool the address is the user name.',
  firstTime: 'How do they sign in for the first time?',
  verifiedLabel: (name: string) => `Mark this ${name} as verified`,
  verifiedHint:
    'Only if you know that it belongs to them: it can be used to sign in and to reset the password.',
  sendBy: 'Send the invitation by',
  mediumEmail: 'Email',
  mediumSms: 'SMS',
  mediumProblem: 'Enter every address that the invitation goes to, or choose another way.',
  password: 'Password',
  generate: 'Generate',
  showPassword: 'Show the password',
  weak: 'The password does not meet the rules yet.',
  noName: 'Enter a user name without spaces.',
  noAddress: (names: string) => `Enter ${names}, written in full.`,
  requiredNow: 'Required: the invitation is sent there.',
  requiredLater: 'Required. If you leave it empty, it is asked for at the first sign-in.',
  createdHead: (name: string) => `${name} is created`,
  onceHead: 'The password, shown once',
  once: 'Copy it now and pass it on securely. Only a hash of it is stored, so it cannot be shown again.',
  copyPassword: 'Copy the password',
  done: 'Done',
  open: 'Open the user',
  invited: (name: string) => `${name} is created and invited.`,
  createdOnly: 'The user is created, but the password was not set:',
  setAgain: 'Set the password again',

  back: 'Users',
  more: 'More',
  gone: 'There is no such user',
  goneLead: 'It may have been deleted, or the address of this page is not complete.',
  attributes: 'Attributes',
  attributesLead: 'What is known about this person. Emptying a field removes it.',
  showOthers: (count: number) => `Show ${count} more`,
  fixedService: 'Set by the service',
  fixedImmutable: 'Can be set only when the user is created',
  verified: 'verified',
  unverified: 'not verified',
  yes: 'yes',
  no: 'no',
  notSet: 'not set',
  account: 'Account',
  id: 'Id (sub)',
  modified: 'Changed',
  enabled: 'May sign in',
  groups: 'Groups and roles',
  groupsLead: 'Tokens list the groups; their roles say what the person may do in AWS services.',
  noGroups: 'Not in any group.',
  addToGroup: 'Add to a group',
  add: 'Add',
  noMoreGroups: 'Already in every group of this pool.',
  noGroupsInPool: 'This pool has no groups yet.',
  removeFrom: (group: string) => `Remove from ${group}`,
  removed: (group: string) => `Removed from ${group}.`,
  added: (group: string) => `Added to ${group}. The next tokens will list it.`,
  effective: 'Effective roles',
  preferred: 'preferred',
  preferredFrom: (group: string) =>
    `The preferred role comes from ${group}: the group with the lowest precedence that has a role.`,
  tied: (groups: string) =>
    `No preferred role: ${groups} have the same precedence and different roles.`,
  noRoles: 'None: no group of this user has a role.',
  precedence: (value: number | undefined) =>
    value === undefined ? 'no precedence' : `precedence ${value}`,
  danger: 'Danger zone',
  deleteLead:
    'Removes the account with its attributes, groups and sessions. The user name becomes free.',
  setPassword: 'Set a password',
  setLead: 'The old password stops working at once.',
  temporary: 'Temporary: they choose their own at the next sign-in',
  lasting: 'Permanent: it works until somebody changes it',
  setNow: 'Set the password',
  passwordSet: 'The password is set.',
  bulkProgress: (done: number, total: number) => `${done} of ${total}`,
  bulkDone: (action: UserAction, count: number) =>
    `${count === 1 ? '1 user is' : `${count} users are`} ${bulkWords[action]}.`,
  bulkCancelled: (done: number, total: number) =>
    `Stopped after ${done} of ${total}. The changes already made stay.`,
  bulkFailed: (count: number) =>
    count === 1 ? '1 user could not be changed:' : `${count} users could not be changed:`,
  bulkRetry: 'Try these again',
  bulkStop: 'Stop',
  group: 'Group',
  chooseGroup: 'Choose a group',
  deletePhrase: (count: number) => `delete ${count}`,
} as const;

export const sortNames: Readonly<Record<UserSort, string>> = {
  newest: 'Newest',
  oldest: 'Oldest',
  'a-z': 'A to Z',
  'z-a': 'Z to A',
};

export const searchNames: Readonly<Record<SearchBy, string>> = {
  anything: 'Anything',
  username: 'User name',
  email: 'Email',
  phone_number: 'Phone number',
  name: 'Name',
  given_name: 'Given name',
  family_name: 'Family name',
  preferred_username: attributeName('preferred_username'),
  sub: 'Id (sub)',
};

export const filterNames: Readonly<Record<StateFilter, string>> = {
  CONFIRMED: 'Confirmed',
  UNCONFIRMED: 'Unconfirmed',
  FORCE_CHANGE_PASSWORD: glossary.temporaryPassword,
  RESET_REQUIRED: glossary.resetRequired,
  Disabled: 'Disabled',
  Enabled: 'Enabled',
};

export const stateNames: Readonly<Record<UserState, string>> = {
  disabled: 'Disabled',
  confirmed: 'Confirmed',
  unconfirmed: 'Unconfirmed',
  'must-change': glossary.temporaryPassword,
  'must-reset': glossary.resetRequired,
  other: 'External',
};

export const stateMeanings: Readonly<Record<UserState, string>> = {
  disabled:
    'Cannot sign in, and every session has ended. Enabling lets them in again with the same password.',
  confirmed: 'Can sign in.',
  unconfirmed:
    'Signed up, but has not verified the address yet. Cannot sign in until they do, or until you confirm the account.',
  'must-change': 'Has a temporary password and chooses a new one at the first sign-in.',
  'must-reset': 'Has to set a new password with a code before signing in again.',
  other: 'Signs in with another provider.',
};

export const problemTexts: Readonly<Record<AttributeProblem, string>> = {
  required: 'This pool requires a value.',
  'too-short': 'This is too short.',
  'too-long': 'This is too long.',
  'not-a-number': 'Enter a number.',
  'too-small': 'This is too small.',
  'too-large': 'This is too large.',
  'not-an-email': 'Enter an email address such as mara@example.com.',
  'not-a-phone': 'Enter the number with + and the country code: +4930123456.',
  'not-a-date': 'Enter a date such as 1990-12-31.',
  'not-a-boolean': 'Choose yes or no.',
  'not-text': 'This contains characters that are not allowed in text.',
};

export const firstTexts: Readonly<Record<FirstPassword, readonly [string, string]>> = {
  invitation: [
    'With an invitation',
    'A temporary password is made and sent to them. They choose their own at the first sign-in.',
  ],
  temporary: [
    'With a temporary password that you hand over',
    'Nothing is sent. They choose their own at the first sign-in.',
  ],
  permanent: [
    'With a permanent password',
    'Nothing is sent, and they need not choose another one: for test accounts and migrations.',
  ],
};

export const ruleTexts = (rule: PasswordRule, least: number): string =>
  ({
    length: `${least} characters or more`,
    lowercase: glossary.lowercase,
    uppercase: glossary.uppercase,
    number: glossary.numbers,
    symbol: glossary.symbols,
    edges: glossary.edges,
  })[rule];

/** What has become of many users. */
const bulkWords: Readonly<Record<UserAction, string>> = {
  enable: 'enabled',
  disable: 'disabled, and signed out everywhere',
  confirm: 'confirmed',
  reset: 'sent a code to choose a new password',
  'sign-out': 'signed out everywhere',
  resend: 'sent the invitation again',
  'add-to-group': 'now in the group',
  delete: 'deleted',
};

/** What each action is called, what it does, and what it says when it is done. */
export const actionTexts: Readonly<
  Record<
    UserAction,
    { verb: string; heading: (who: string) => string; words: string; done: string }
  >
> = {
  enable: {
    verb: 'Enable',
    heading: (who) => `Enable ${who}?`,
    words: 'They can sign in again with the same password.',
    done: 'Enabled.',
  },
  disable: {
    verb: 'Disable',
    heading: (who) => `Disable ${who}?`,
    words: 'They cannot sign in until enabled again, and every session ends now.',
    done: 'Disabled. Every session has ended.',
  },
  confirm: {
    verb: 'Confirm',
    heading: (who) => `Confirm ${who}?`,
    words:
      'They can sign in without having verified an address. This does not change whether the email and phone number are verified. This cannot be undone.',
    done: 'Confirmed.',
  },
  reset: {
    verb: 'Reset password',
    heading: (who) => `Reset the password of ${who}?`,
    words:
      'The password stops working now, and they are sent a code to set a new one. This cannot be undone.',
    done: 'Reset. A code is on its way.',
  },
  'sign-out': {
    verb: 'Sign out everywhere',
    heading: (who) => `Sign ${who} out everywhere?`,
    words:
      'All refresh tokens end now. Access tokens stop working on this server at once; elsewhere they may be accepted until they expire. This cannot be undone.',
    done: 'Signed out everywhere.',
  },
  resend: {
    verb: 'Send the invitation again',
    heading: (who) => `Invite ${who} again?`,
    words: 'A new temporary password is generated and sent. The old one stops working.',
    done: 'The invitation is sent again.',
  },
  'add-to-group': {
    verb: 'Add to group',
    heading: (who) => `Add ${who} to a group?`,
    words: 'Their next tokens will list the group.',
    done: 'Added.',
  },
  delete: {
    verb: 'Delete',
    heading: (who) => `Delete ${who}?`,
    words:
      'The account is removed with its attributes, groups and sessions. This cannot be undone, and a new account with the same name gets another id.',
    done: 'Deleted.',
  },
};
