import { cliCommand } from './cli-command.ts';
import type { Draft } from './draft.ts';

/** The draft as a command can have it: with names where there are none yet, and without attributes that have none. */
export function runnable(draft: Draft): Draft {
  const { name, clientName, custom } = draft.choices;
  return draft.with({
    name: name.trim() || 'my-pool',
    clientName: clientName.trim() || 'my-application',
    custom: custom.filter((attribute) => attribute.name !== ''),
  });
}

/** The commands that would have made the same pool, second factors and app client. */
export function commandsOf(
  draft: Draft,
  {
    endpoint,
    region,
    poolId,
  }: { readonly endpoint: string; readonly region: string; readonly poolId: string },
): { readonly where: string; readonly text: string } {
  const target = { endpoint, region };
  const mfa = draft.toSetUserPoolMfaConfig(poolId);
  const client = draft.toCreateUserPoolClient(poolId);
  return {
    where: 'would have made the same',
    text: [
      cliCommand('create-user-pool', draft.toCreateUserPool(), target),
      ...(mfa ? [cliCommand('set-user-pool-mfa-config', mfa, target)] : []),
      ...(client ? [cliCommand('create-user-pool-client', client, target)] : []),
    ].join('\n\n'),
  };
}
