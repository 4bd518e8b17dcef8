import { badAdministratorName } from '../shared/checks/administrator-name';
import type { AdministratorAction } from './administrators-api';

/** Texts of this feature, ready to be translated. */
export const administratorTexts = {
  title: 'Administrators',
  lead: 'Who may use this console, and what each of them may do.',
  onlyOwners: 'Only owners see the administrators.',
  invite: 'Invite somebody',
  inviteLead: 'You get a link to pass on. It works once, and asks the person to choose a password.',
  username: 'User name',
  usernameHint: 'Up to 128 characters, without spaces. It cannot be changed later.',
  email: 'Email',
  emailHint: 'Can be used to sign in instead of the name. Nothing is sent to it.',
  role: 'Role',
  makeLink: 'Make the link',
  badName: badAdministratorName,
  badEmail: 'Enter an email address, such as mara@example.com, or leave it empty.',
  linkFor: (name: string) => `The link for ${name}`,
  linkLead:
    'Copy it now: it is shown only once. Anyone who has it can sign in as this administrator, until it is used or 7 days have passed.',
  copyLink: 'Copy the link',
  name: 'Name',
  state: 'State',
  actions: (name: string) => `What to do with ${name}`,
  you: 'you',
  active: 'Active',
  waiting: 'Not signed in yet',
  disabled: 'Disabled',
  again: 'Make a new link',
  againHead: (name: string) => `Make a new link for ${name}?`,
  againWords:
    'For a lost password or a lost link. The current password stops working, and all sessions end.',
  changeRole: 'Change the role',
  roleHead: (name: string) => `The role of ${name}`,
  roleSaved: (name: string, role: string) => `${name} is now ${role}.`,
  lostHead: 'If a password is lost',
  lost: 'An owner can make a new link here. If no owner can sign in, whoever runs the server can create another owner on its machine:',
  command: 'npx poolhouse administrators add NAME --role owner',
} as const;

/** What can be done with an administrator. */
export const actionTexts: Readonly<
  Record<
    AdministratorAction,
    {
      readonly verb: string;
      readonly heading: (name: string) => string;
      readonly words: string;
      readonly done: (name: string) => string;
    }
  >
> = {
  disable: {
    verb: 'Disable',
    heading: (name) => `Disable ${name}?`,
    words: 'The sessions end now, and nobody can sign in with this account until it is enabled.',
    done: (name) => `${name} is disabled.`,
  },
  enable: {
    verb: 'Enable',
    heading: (name) => `Enable ${name}?`,
    words: 'The account can sign in again, with the same password.',
    done: (name) => `${name} is enabled.`,
  },
  'sign-out': {
    verb: 'End all sessions',
    heading: (name) => `End all sessions of ${name}?`,
    words: 'In every browser. The account can sign in again.',
    done: (name) => `All sessions of ${name} have ended.`,
  },
  remove: {
    verb: 'Remove',
    heading: (name) => `Remove ${name}?`,
    words: 'The account is deleted, and its sessions end now. This cannot be undone.',
    done: (name) => `${name} is removed.`,
  },
};
