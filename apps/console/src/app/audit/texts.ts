import type { AuditedChange, ChangeKind } from './audit-entry.ts';

/** Texts of the audit's page, ready to be translated. */
export const auditTexts = {
  title: 'Audit',
  lead: 'Who changed what, from where, before and after. For the console and the API alike.',
  export: 'Export',
  exportHint: 'One JSON object a line, with the filters that are chosen.',
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
  intactHint: 'Every entry shown matches its hash and follows the one before it.',
  broken: 'Chain broken',
  brokenHead: 'The audit does not fit together.',
  brokenWords:
    'At least one entry shown here was changed after it was written, or one is missing. Export the audit and compare it with a copy.',
  emptyHead: 'Nothing was changed yet',
  empty:
    'Every change of this pool, its users, groups and app clients will stand here, with what it was before.',
  nothingHead: 'Nothing found',
  nothing: 'The names of operations and people have to match exactly.',
  when: 'When',
  who: 'Who',
  what: 'What',
  from: (source: string) => `from ${source}`,
  key: 'access key',
  administrator: 'administrator',
  details: (operation: string) => `Details of ${operation}`,
  before: 'Before',
  after: 'After',
  member: 'Member',
  absent: 'not there',
  number: 'Entry',
  hash: 'Hash',
  pool: 'Pool',
  noDetails: 'The record itself did not differ in anything that is shown.',
  noRole: 'Only operators and owners may read the audit.',
} as const;

export const recordNames: Readonly<Record<AuditedChange['record'], string>> = {
  'user-pool': 'User pool',
  'app-client': 'App client',
  user: 'User',
  group: 'Group',
  membership: 'Membership',
  'sign-ins': 'Sessions',
};

export const kindNames: Readonly<Record<ChangeKind, string>> = {
  made: 'made',
  changed: 'changed',
  removed: 'removed',
};

export const kindTones: Readonly<Record<ChangeKind, string>> = {
  made: 'good',
  changed: 'accent',
  removed: 'bad',
};
