import { attributeWord } from '../../../shared/glossary.ts';
import { readableOf, writableOf } from '../../draft/attributes.ts';
import type { Choices } from '../../draft/choices.ts';
import { list, yes, type Telling } from '../../draft/fact.ts';

/** The first application, and what it may do. */
export const clientFacts: Telling = (choices) =>
  choices.withClient
    ? [
        { label: 'Name', value: choices.clientName || 'none yet' },
        {
          label: 'Secret',
          value: choices.secret ? 'yes: for servers only' : 'none',
          fixed: true,
        },
        { label: 'Return URL', value: choices.returnUrl || 'none' },
        { label: 'Signs in by', value: flowWords(choices) },
        {
          label: 'Tokens live',
          value: `${choices.accessMinutes} min, refreshed for ${choices.refreshDays} days`,
        },
        { label: 'Refresh token works once', value: yes(choices.rotation) },
        { label: 'Tells whether an account exists', value: yes(!choices.hideUsers) },
        { label: 'May write', value: countWords(writableOf(choices)) },
        { label: 'May read', value: countWords(readableOf(choices)) },
      ]
    : [{ label: 'App client', value: 'none for now' }];

function flowWords({ srp, password, adminPassword }: Choices): string {
  return list(
    [
      srp && 'SRP',
      password && 'user name and password',
      adminPassword && 'password through your server',
    ].filter((word) => typeof word === 'string'),
  );
}

function countWords(names: readonly string[] | undefined): string {
  if (names === undefined) return 'all attributes';
  if (names.length > 4) return `${names.length} attributes`;
  return list(names.map(attributeWord));
}
