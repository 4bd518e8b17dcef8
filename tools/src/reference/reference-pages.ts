import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { errorsPage } from './reference-errors.ts';
import { eventsPage } from './reference-events.ts';
import { operationsPage, structuresPage } from './reference-operations.ts';
import { settingsPage } from './reference-settings.ts';

/** Where the pages are. */
export const REFERENCE_FOLDER = resolve(import.meta.dirname, '../../../docs/reference');

const HEADER = '<!-- Written by npm run reference from the code; do not edit. -->\n\n';

const INDEX = `# Reference

Written from the code by \`npm run reference\`; a test fails when a page no longer says what the code does.

- [Operations](operations.md) of the API: what is built, who may call it, what it takes and how it can end
- [Structures](structures.md) that operations take
- [Errors](errors.md) and their texts
- [Settings](settings.md): the environment variables
- [Events](events.md) of the log
`;

/** The pages of docs/reference: name of the file and its text. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const texts = {
    'README.md': INDEX,
    'operations.md': operationsPage(),
    'structures.md': structuresPage(),
    'errors.md': errorsPage(),
    'settings.md': settingsPage(),
    'events.md': eventsPage(),
  };
  const pages = new Map<string, string>();
  for (const [file, text] of Object.entries(texts)) {
    const filepath = resolve(REFERENCE_FOLDER, file);
    const options = { ...(await resolveConfig(filepath)), filepath };
    pages.set(file, await format(HEADER + text, options));
  }
  return pages;
}
