import { hasOwner, prepareAdministrators, type AdministratorParts } from './administrators.ts';
import { openState, randomToken, sealState, SERVER_SECRETS, type World } from '@poolhouse/core';

const PURPOSE = 'console-set-up';
const LIFETIME_MS = 3_600_000;

/** Makes what the console needs in the database; answers the set-up link while nobody owns the server. */
export async function prepareConsole(parts: AdministratorParts): Promise<string | undefined> {
  await parts.storage.exclusively(() => prepareAdministrators(parts));
  if (await hasOwner(parts.storage)) return undefined;
  return `${parts.world.publicUrl}/console/set-up?token=${await makeSetUpToken(parts.world)}`;
}

/** Makes the token of a set-up link: good for an hour, and only while nobody owns the server. */
async function makeSetUpToken(world: World): Promise<string> {
  const key = (await world.vault.of(SERVER_SECRETS)).subkey('console-set-up');
  const value = { id: randomToken(world.random) };
  return sealState(key, PURPOSE, value, world.clock.nowMs() + LIFETIME_MS, {
    random: world.random,
  });
}

/** What a token of a set-up link is worth. */
export async function checkSetUpToken(
  world: World,
  token: string,
): Promise<'good' | 'invalid' | 'expired'> {
  const key = (await world.vault.of(SERVER_SECRETS)).subkey('console-set-up');
  const opened = openState(key, PURPOSE, token, world.clock.nowMs());
  return opened.ok ? 'good' : opened.reason;
}
