import { settingsReference } from '@poolhouse/server';
import { code, table } from './markdown.ts';

/** The environment variables of the server. */
export function settingsPage(): string {
  return [
    '# Settings',
    'Environment variables of the server. An empty one counts as absent. A wrong one stops the start with its name and the fix; one that begins with `POOLHOUSE_` and is unknown is warned of.',
    table(
      ['Variable', 'Default', 'How to set it'],
      settingsReference().map(({ name, defaultValue, fix }) => [
        code(name),
        defaultValue === undefined ? '' : code(defaultValue),
        fix,
      ]),
    ),
    '',
  ].join('\n\n');
}
