import { badAdministratorName } from '../shared/administrator-name';
import type { AdministratorAction } from './administrators-api';

/** Texts of this feature, ready to be translated. */
export const administratorTexts = {
  title: 'Administrators',
  lead: 'Who may come into this console, and what each may do.',
  onlyOwners: 'Only owners see the administrators.',
  invite: 'Invite somebody',
  inviteLead: 'You get a link to hand on. It signs in once, and asks for a password.',
  username: 'User name',
  usernameHint: 'Up to 128 characters, without spaces. It stays.',
  email: 'Email',
  emailHint: 'To sign in with in place of the name. Nothing is sent to it.',
  role: 'Role',
  makeLink: 'Make the link',
  badName: badAdministratorName,
  badEmail: 'Enter an email address, such as mara@example.com, or leave it empty.',
  linkFor: (name: string) => `The link for ${name}`,
  linkLead:
    'Copy it now: it is shown only here. Whoever has it may come in as this administrator, until it is used, or for 7 days.',
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
    'For a lost password, or a lost link. The password until now works no longer, and all sessions end.',
  changeRole: 'Change the role',
  roleHead: (name: string) => `The role of ${name}`,
  roleSaved: (name: string, role: string) => `${name} is ${role} now.`,
  lostHead: 'When a password is lost',
  lost: 'An owner makes a new link here. When no owner can sign in, whoever runs the server makes another owner on its machine:',
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
    words: 'The account may sign in again, with the password that it had.',
    done: (name) => `${name} is enabled.`,
  },
  'sign-out': {
    verb: 'End all sessions',
    heading: (name) => `End all sessions of ${name}?`,
    words: 'In every browser. The account may sign in again.',
    done: (name) => `All sessions of ${name} are ended.`,
  },
  remove: {
    verb: 'Remove',
    heading: (name) => `Remove ${name}?`,
    words: 'The account is deleted, and its sessions end now. This cannot be undone.',
    done: (name) => `${name} is removed.`,
  },
};
