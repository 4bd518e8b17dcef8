import { ADMINISTRATORS_POOL } from '../pools/administrators-pool.ts';
import { runAsConsole, type AdministratorParts } from './administrators.ts';
import { object, oneOf, type Shape } from '../shapes/shape.ts';
import type { Guard } from './guard.ts';
import {
  addAdministrator,
  administratorsName,
  changeRole,
  listAdministrators,
  newAdministrator,
  renewTemporaryPassword,
} from './manage-administrators.ts';
import { ROLES } from './roles.ts';
import { sendFailure } from './run-operation.ts';
import { route, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

const named = object({ username: administratorsName });
const withRole = object({ username: administratorsName, role: oneOf(ROLES) });

/** What an owner may do with administrators: each action's input, and its answer. */
const actions = {
  add: action(newAdministrator, async (parts, given) => {
    const { temporaryPassword } = await addAdministrator(parts, given);
    return { link: invitationLink(parts, given.username, temporaryPassword) };
  }),
  'invite-again': action(named, async (parts, { username }) => {
    const { temporaryPassword } = await renewTemporaryPassword(parts, username);
    return { link: invitationLink(parts, username, temporaryPassword) };
  }),
  'change-role': action(withRole, changeRole),
  disable: onUser('AdminDisableUser'),
  enable: onUser('AdminEnableUser'),
  'sign-out': onUser('AdminUserGlobalSignOut'),
  remove: onUser('AdminDeleteUser'),
} as const;

/** The actions, by the last part of their paths. */
export const ADMINISTRATOR_ACTIONS = Object.keys(actions);

/** What owners do with the people who may use the console. The last owner cannot go: see `pools/last-owner.ts`. */
export function administratorRoutes(guard: Guard, parts: AdministratorParts): readonly Route[] {
  return [
    route(
      'GET',
      '/administrators',
      guard.reads('owner', async (_, response) => {
        sendJson(response, { administrators: await listAdministrators(parts) });
      }),
    ),
    ...Object.entries(actions).map(([name, { input, run }]) =>
      route(
        'POST',
        `/administrators/${name}`,
        guard.writes('owner', async (request, response, { username }, source) => {
          try {
            const given = input(request.body);
            sendJson(
              response,
              (await run({ ...parts, administrator: username, source }, given)) ?? {},
            );
          } catch (error) {
            if (!sendFailure(error, response)) throw error;
          }
        }),
      ),
    ),
  ];
}

/** An action with its checked input. */
interface Action {
  readonly input: Shape<unknown>;
  run(parts: AdministratorParts, given: unknown): Promise<unknown>;
}

function action<Input>(
  input: Shape<Input>,
  run: (parts: AdministratorParts, given: Input) => Promise<unknown>,
): Action {
  return { input, run: (parts, given) => run(parts, given as Input) };
}

function onUser(
  name: 'AdminDisableUser' | 'AdminEnableUser' | 'AdminUserGlobalSignOut' | 'AdminDeleteUser',
): Action {
  return action(named, async (parts, { username }) => {
    await runAsConsole(parts, name, { UserPoolId: ADMINISTRATORS_POOL, Username: username });
  });
}

/**
 * The link that an owner passes on: it signs in with the temporary password and asks for another. Both are after the `#`, which browsers do
 * not send to servers, so they are in no log.
 */
function invitationLink(
  { world }: AdministratorParts,
  username: string,
  temporaryPassword: string,
): string {
  const fragment = new URLSearchParams({ username, password: temporaryPassword });
  return `${world.publicUrl}/console/sign-in#${fragment}`;
}
