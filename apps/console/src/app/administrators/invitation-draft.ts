import { isEmailAddress } from '@poolhouse/rules';
import { isAdministratorName } from '../shared/checks/administrator-name.ts';
import type { Invitation } from './administrators-api';

/** An invitation as it is being entered. */
export interface InvitationDraft {
  readonly username: string;
  readonly email: string;
  readonly role: Invitation['role'];
}

/** What is wrong with each field. */
export function invitationProblems({ username, email }: InvitationDraft): {
  readonly username?: 'badName';
  readonly email?: 'badEmail';
} {
  const mail = email.trim();
  return {
    ...(!isAdministratorName(username) && { username: 'badName' as const }),
    ...(mail !== '' && !isEmailAddress(mail) && { email: 'badEmail' as const }),
  };
}

/** What is sent: without an email where there is none. */
export function toInvitation({ username, email, role }: InvitationDraft): Invitation {
  const mail = email.trim();
  return { username: username.trim(), role, ...(mail !== '' && { email: mail }) };
}
