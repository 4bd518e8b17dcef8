import type { AuditedChange, AuditEntry, ChangeKind } from './audit-entry.ts';

/** Texts of the audit's page, ready to be translated. */
export const auditTexts = {
  title: 'Audit',
  lead: 'What administrators changed, here or with an access key: who, from where, before and after.',
  export: 'Export',
  exportHint: 'One JSON object per line, with the current filters.',
  scope: 'Which entries',
  thisPool: 'This pool',
  everything: 'Whole server',
  actor: 'Who',
  actorHint: 'user name or access key',
  operation: 'Operation',
  operationHint: 'e.g. UpdateUserPool',
  since: 'From',
  until: 'To',
  clear: 'Clear',
  intact: 'Chain intact',
  intactHint: (checkedAt: string) =>
    `The entries shown are as they were written. The whole audit was last checked at ${checkedAt}: nothing was changed or is missing.`,
  broken: 'Chain broken',
  brokenHead: 'The audit is not intact.',
  brokenWords:
    'At least one entry was changed after it was written, or is missing. “poolhouse audit verify” names the first one; the last line of an export without filters does too.',
  emptyHead: 'No changes yet',
  empty:
    'Changes that administrators make to this pool, its users, groups and app clients will appear here, with the values before and after. What people do themselves, such as signing up, is counted on the overview.',
  nothingHead: 'Nothing found',
  nothing: 'Names of operations and people must match exactly.',
  when: 'When',
  who: 'Who',
  what: 'What',
  from: (source: string) => `from ${source}`,
  details: (operation: string, record: string, name: string) =>
    `Details of ${operation}: ${record} ${name}`,
  before: 'Before',
  after: 'After',
  member: 'Member',
  absent: 'not there',
  number: 'Entry',
  hash: 'Hash',
  pool: 'Pool',
  noDetails: 'None of the values shown here changed.',
  erased: 'This was about a user who has been deleted; the details were erased with the user.',
  noRole: 'Only operators and owners may read the audit.',
} as const;

export const actorNames: Readonly<Record<AuditEntry['actorKind'], string>> = {
  'access-key': 'access key',
  administrator: 'administrator',
  server: 'the server itself',
};

export const recordNames: Readonly<Record<AuditedChange['record'], string>> = {
  'user-pool': 'User pool',
  'app-client': 'App client',
  configuration: 'Configuration',
  user: 'User',
  'resource-server': 'Resource server',
  'identity-provider': 'Identity provider',
  'auth-event': 'Event',
  group: 'Group',
  membership: 'Membership',
  'user-import': 'User import',
  'sign-ins': 'Sessions',
  device: 'Device',
  passkey: 'Passkey',
  'linked-identity': 'Linked identity',
  'access-key': 'Access key',
  'signing-key': 'Signing key',
  'data-key': 'Data key',
  audit: 'Audit',
};

export const kindNames: Readonly<Record<ChangeKind, string>> = {
  made: 'created',
  changed: 'changed',
  removed: 'removed',
  erased: 'erased',
};

export const kindTones: Readonly<Record<ChangeKind, string>> = {
  made: 'good',
  changed: 'accent',
  removed: 'bad',
  erased: '',
};
