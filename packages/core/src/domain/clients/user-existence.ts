import type { Client } from './client.ts';

/** Whether the client's answers must hide whether a user exists. Unset means LEGACY. Source: behaviour.md 4.1, 6.5. */
export function hidesUsers(client: Pick<Client, 'settings'>): boolean {
  return client.settings.PreventUserExistenceErrors === 'ENABLED';
}
