import { code, table } from './markdown.ts';
import { callsIn, readSources, textOf } from './source-files.ts';

const LOGGING = /(?:^|\.)log(?:ger)?\??\.(info|warn|error)$/;

/** The names of what is logged, with the level and the place. */
export function eventsPage(): string {
  const rows = new Map<string, readonly [string, string, string]>();
  for (const source of readSources('core', 'storage', 'server')) {
    for (const call of callsIn(source)) {
      const level = LOGGING.exec(call.expression.getText())?.[1];
      const texts = call.arguments?.map(textOf) ?? [];
      const event = texts.find((text) => text !== undefined && /^[a-z.{}-]+$/.test(text));
      if (level === undefined || event === undefined) continue;
      const row = [code(event), level, code(source.fileName)] as const;
      rows.set(row.join(' '), row);
    }
  }
  return [
    '# Events',
    'The log is a line of JSON each: `level`, `time`, `msg` (the name of the event) and its fields. Members that the API calls sensitive, and passwords, tokens, codes and links, are never in it.',
    table(
      ['Event', 'Level', 'From'],
      [...rows.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row),
    ),
    '',
  ].join('\n\n');
}
