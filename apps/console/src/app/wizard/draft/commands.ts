import { cliCommand } from './cli-command.ts';
import type { Draft } from './draft.ts';

/** The commands that would have made the same pool and app client. */
export function commandsOf(
  draft: Draft,
  {
    endpoint,
    region,
    poolId,
  }: { readonly endpoint: string; readonly region: string; readonly poolId: string },
): { readonly where: string; readonly text: string } {
  const target = { endpoint, region };
  const client = draft.toCreateUserPoolClient(poolId);
  return {
    where: 'makes the same again',
    text: [
      cliCommand('create-user-pool', draft.toCreateUserPool(), target),
      ...(client ? [cliCommand('create-user-pool-client', client, target)] : []),
    ].join('\n\n'),
  };
}
