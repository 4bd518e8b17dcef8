/** Texts of the page that shows the new pool, ready to be translated. */
export const createdTexts = {
  title: 'is ready',
  hint: 'Paste one of these into your application and sign up a first user.',
  pool: 'User pool',
  client: 'App client',
  secret: 'Client secret',
  secretHint: 'Keep it on your server. Owners can look it up on the app client’s page.',
  noClient:
    'Without an app client no application can use the pool yet. Create one on the pool’s pages.',
  open: 'Open the pool',
  another: 'Create another',
  config: 'Configuration for',
  next: 'Next',
  nextUsers: 'Create the first user',
  nextGroups: 'Create a group, and give it a role',
  nextMessages: 'Send yourself a test message',
} as const;
