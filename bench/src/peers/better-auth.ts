import { join } from 'node:path';
import { PASSWORD, WITH_PASSWORD } from '../data/product-data.ts';
import { each } from '../load/each.ts';
import { freshName } from '../load/fresh-name.ts';
import { PAGE } from '../load/scenario.ts';
import { connect, MOST_CONNECTIONS, sendOne, type Prepared } from '../load/send.ts';
import { freePort, startPeer } from '../measured-process.ts';
import { stop } from '../subject.ts';
import { goOn } from './go-on.ts';
import type { Peer } from './peer.ts';

/** A library for applications of one's own, on SQLite with durable commits. Its passwords are hashed by scrypt. */
export const betterAuth: Peer = {
  name: 'better-auth',
  leavesOut:
    'signs no tokens: a sign-in gives a session of its own; checks no signature of administrators, but a cookie; no audit; no limit of guesses at one account in this set-up; counts all users at each page',
  async start({ packages, data, people }) {
    const port = await freePort();
    const file = join(packages, 'better-auth-server.mjs');
    const parameters = [join(data, 'better-auth.db'), String(port), String(people)].concat(
      PASSWORD,
      String(WITH_PASSWORD),
    );
    const server = await startPeer(file, parameters, data, {});
    return goOn(server, async () => {
      const ids = JSON.parse(server.said.split('\n')[0] ?? '[]') as readonly string[];
      const connections = connect(port, MOST_CONNECTIONS);
      const origin = `http://127.0.0.1:${port}`;
      const request = (path: string, input?: object, cookie = ''): Prepared => {
        const body = input === undefined ? '' : JSON.stringify(input);
        const headers = {
          origin,
          ...(cookie !== '' && { cookie }),
          ...(input !== undefined && {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(body)),
          }),
        };
        const method = input === undefined ? ({ method: 'GET' } as const) : {};
        return { ...method, path: `/api/auth/${path}`, headers, body };
      };
      const send = <Output = unknown>(prepared: Prepared) => sendOne<Output>(connections, prepared);
      const emailOf = (number: number): string => `u${String(number).padStart(7, '0')}@example.com`;
      const signIn = (number: number) =>
        request('sign-in/email', { email: emailOf(number % WITH_PASSWORD), password: PASSWORD });
      const answered = await connections.send(signIn(0));
      const cookie = (answered.cookies ?? []).map((one) => one.split(';')[0]).join('; ');
      const requests = each(send);
      const all = (make: (index: number) => Prepared) => (count: number) => requests(count, make);
      const fresh = () => {
        const name = freshName();
        return { email: `${name}@example.com`, name, password: PASSWORD };
      };
      const list = `admin/list-users?limit=${PAGE}&searchValue=u&searchField=email&searchOperator=starts_with&sortBy=email`;
      return {
        server,
        loads: {
          'get-user': all(() => request('get-session', undefined, cookie)),
          'admin-get-user': all((at) =>
            request(`admin/get-user?id=${ids[(at * 7_919) % people]}`, undefined, cookie),
          ),
          'list-users': all(() => request(list, undefined, cookie)),
          password: all(signIn),
          'email-code': () => {
            const codes: string[] = [];
            const sendCode = (at: number) =>
              request('email-otp/send-verification-otp', { email: emailOf(at % people), type: 'sign-in' }); // prettier-ignore
            const mailbox = (at: number): Prepared => ({
              ...{ method: 'GET', path: `/mailbox?of=${emailOf(at % people)}` },
              ...{ headers: {}, body: '' },
            });
            const finish = (at: number) =>
              request('sign-in/email-otp', { email: emailOf(at % people), otp: codes[at] ?? '' });
            return [
              { measured: true, operate: (at) => send(sendCode(at)) },
              {
                measured: false,
                operate: async (at) =>
                  (codes[at] = (await send<{ code: string }>(mailbox(at))).code),
              },
              { measured: true, operate: (at) => send(finish(at)) },
            ];
          },
          'sign-up': all(() => request('sign-up/email', fresh())),
        },
        stop: () => stop(server, connections),
      };
    });
  },
};
