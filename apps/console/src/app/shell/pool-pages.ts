import { shellTexts } from './texts';

/** The pages of a pool, in the order of the rail; the names are those of their addresses. */
export const POOL_PAGES = [
  'overview',
  'users',
  'groups',
  'clients',
  'resource-servers',
  'sign-in',
  'messages',
  'audit',
  'settings',
] as const;

/** A page of a pool. */
export type PoolPage = (typeof POOL_PAGES)[number];

/** What a page is called. */
export function pageName(page: PoolPage): string {
  return shellTexts.pages[page];
}
