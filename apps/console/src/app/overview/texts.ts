import type { Measure } from './metrics.ts';
import type { NextStep } from './next-steps.ts';

/** Texts of the overview, ready to be translated. */
export const overviewTexts = {
  lead: 'What happens in this pool.',
  refusingHead: 'Because of some settings, this pool refuses requests.',
  refusingLead:
    'They are stored, but this server cannot do what they require yet. Instead of ignoring the protection, it refuses:',
  period: 'Period',
  days: (count: number) => (count === 1 ? '1 day' : `${count} days`),
  users: 'Users',
  usersHint: 'signed up, or added by administrators',
  inPeriod: (days: number) => `in ${days} days`,
  growth: 'People who joined',
  growthLead: 'Sign-ups, and how many confirmed their account.',
  traffic: 'Sign-ins',
  trafficLead: 'Successful and failed.',
  quiet: 'Nothing happened in this period.',
  asTable: 'Show as a table',
  asChart: 'Show as a chart',
  day: 'Day (UTC)',
  dayOf: (heading: string) => `${heading} on one day (UTC)`,
  inUtc: (when: string) => `${when}, UTC`,
  chartLabel: (heading: string, ends: readonly string[], counts: string | undefined) =>
    `${heading} by day (UTC), ${ends.join(' to ')}: ${counts ?? 'nothing happened'}.`,
  failureRate: (percent: number) => `${percent} % of all attempts`,
  stepsHead: 'Next steps',
  stepsLead: 'From an empty pool to one in use.',
  stepDone: 'done',
  configured: 'Configuration',
  settings: 'Settings',
  signIn: 'Sign in with',
  signUp: 'Sign-up',
  self: 'open to everyone',
  adminOnly: 'by administrators',
  passwords: 'Passwords',
  passwordRule: (length: number) => `${length} characters or more`,
  verified: 'Verified',
  nothing: 'nothing',
  byLink: 'by link',
  byCode: 'by code',
  protection: 'Deletion protection',
  on: 'on',
  off: 'off',
  endpoint: 'Endpoint',
  poolId: 'Pool id',
  copyEndpoint: 'Copy the endpoint',
  copyPoolId: 'Copy the pool id',
} as const;

export const measureNames: Readonly<Record<Measure, string>> = {
  signUps: 'Sign-ups',
  confirmations: 'Confirmations',
  signIns: 'Sign-ins',
  failures: 'Failed sign-ins',
};

export const stepTexts: Readonly<Record<NextStep['id'], readonly [string, string]>> = {
  client: [
    'Create an app client',
    'Each application has one. Its page has configuration to paste.',
  ],
  user: ['Create the first user', 'Or let people sign up in your application.'],
  'sign-in': [
    'Sign in for the first time',
    'Paste the configuration of an app client into your application.',
  ],
  group: ['Group users', 'So that your application knows who may do what.'],
  protect: ['Protect the pool', 'Deletion protection keeps a mistake from deleting all accounts.'],
};
