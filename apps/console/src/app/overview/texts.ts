import type { Measure } from './metrics.ts';
import type { NextStep } from './next-steps.ts';

/** Texts of the overview, ready to be translated. */
export const overviewTexts = {
  lead: 'What happens in this pool.',
  refusingHead: 'Some settings of this pool refuse what they should protect.',
  refusingLead:
    'They are kept, but this server cannot do what they ask for yet. Instead of leaving the protection out, it refuses:',
  period: 'Period',
  days: (count: number) => (count === 1 ? '1 day' : `${count} days`),
  users: 'Users',
  usersHint: 'signed up, or added by administrators',
  inPeriod: (days: number) => `in ${days} days`,
  growth: 'People who joined',
  growthLead: 'Sign-ups, and how many proved their address.',
  traffic: 'Sign-ins',
  trafficLead: 'Those that worked, and those that did not.',
  quiet: 'Nothing happened in this time.',
  asTable: 'Show as a table',
  asChart: 'Show as a chart',
  day: 'Day (UTC)',
  dayOf: (heading: string) => `${heading} on one day (UTC)`,
  inUtc: (when: string) => `${when}, UTC`,
  chartLabel: (heading: string, ends: readonly string[], counts: string | undefined) =>
    `${heading} by day (UTC), ${ends.join(' to ')}: ${counts ?? 'nothing happened'}.`,
  failureRate: (percent: number) => `${percent} % of all tries`,
  stepsHead: 'Next steps',
  stepsLead: 'From an empty pool to one that is in use.',
  stepDone: 'done',
  configured: 'How it is set up',
  settings: 'Settings',
  signIn: 'Sign in with',
  signUp: 'Sign-up',
  self: 'open to everybody',
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
  client: ['Make an app client', 'Each application has one. Its page has configuration to paste.'],
  user: ['Create the first user', 'Or let people sign up with your application.'],
  'sign-in': [
    'Sign in for the first time',
    'Paste the configuration of an app client into your application.',
  ],
  group: ['Group people', 'So that your application knows who may do what.'],
  protect: ['Protect the pool', 'Deletion protection keeps a slip from costing all accounts.'],
};
