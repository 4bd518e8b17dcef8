/** Texts of the list of pools, ready to be translated. */
export const poolsTexts = {
  title: 'User pools',
  hint: 'Each is a directory of people, with its own rules for signing in.',
  create: 'Create user pool',
  search: 'Search by name or id',
  name: 'Pool',
  created: 'Created',
  changed: 'Last changed',
  more: 'Show more',
  nothing: 'No loaded pool has that name or id.',
  emptyTitle: 'No user pool here yet',
  emptyHint:
    'A user pool holds the accounts of one product: who people are, how they sign in, what they may do. Creating one takes two minutes; the steps explain each choice, and what cannot be changed later.',
  emptySteps: [
    ['Choose how people sign in', 'A name, an email, a phone number, or several of them.'],
    [
      'Let an application in',
      'An app client is what your Angular app or your server signs in with.',
    ],
    ['Paste the configuration', 'For the kits, Amplify, the SDK and the command line.'],
  ],
  viewer: 'Only owners can create pools. Ask one of them.',
} as const;
