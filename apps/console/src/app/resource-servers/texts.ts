import type { ServerProblem } from './server-draft.ts';

/** Texts of the resource servers' page, ready to be translated. */
export const serverTexts = {
  title: 'Resource servers',
  lead: 'Your APIs, and the scopes that app clients may ask for. Tokens for them come with the OAuth endpoints, which this server does not have yet.',
  create: 'Create resource server',
  emptyHead: 'No API is known to this pool yet',
  empty:
    'Create a resource server for each API, with a scope for each kind of access, such as “read” or “write”.',
  server: 'Resource server',
  scopes: 'Scopes',
  scopesLead: 'App clients name them as identifier/scope.',
  name: 'Name',
  nameHint: 'For the people who run this pool.',
  identifier: 'Identifier',
  identifierHint: 'Often the address of the API. Fixed once created: scopes begin with it.',
  scope: 'Scope',
  description: 'What it permits',
  addScope: 'Add a scope',
  removeScope: (name: string) => `Remove ${name || 'the empty scope'}`,
  noScopes: 'none',
  created: (name: string) => `Resource server ${name} is created.`,
  edit: 'Edit',
  editWhat: (name: string) => `Edit ${name}`,
  editHead: (name: string) => `Edit ${name}`,
  delete: 'Delete',
  deleteWhat: (name: string) => `Delete ${name}`,
  deleteVerb: 'Delete resource server',
  deleteHead: (name: string) => `Delete ${name}?`,
  deleteWords:
    'No token gets its scopes any more. App clients that name one keep it, but cannot be saved until they leave it out. This cannot be undone.',
  deleted: (name: string) => `Resource server ${name} is deleted.`,
} as const;

export const serverProblems: Readonly<Record<ServerProblem, string>> = {
  'no-name': 'Enter a name.',
  name: 'Use letters, digits, spaces and + = , . @ - _ only.',
  'no-identifier': 'Enter an identifier.',
  identifier: 'Use up to 256 letters, digits and symbols, without spaces, quotes and backslashes.',
  'no-scope': 'Enter the name of the scope, or remove it.',
  scope: 'Use letters, digits and symbols, without spaces, slashes, quotes and backslashes.',
  'scope-twice': 'Another scope has this name.',
  'no-description': 'Say what the scope permits.',
};
