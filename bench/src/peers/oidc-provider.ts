import { join } from 'node:path';
import { each } from '../load/each.ts';
import { connect, MOST_CONNECTIONS, sendOne, type Prepared } from '../load/send.ts';
import { freePort, startPeer } from '../measured-process.ts';
import { stop } from '../subject.ts';
import { goOn } from './go-on.ts';
import type { Peer } from './peer.ts';

/** Tokens that are refreshed, at most: its memory forgets what was not used lately, grants included, beyond a thousand entries. */
const MOST_TOKENS = 100;

/** A library for providers of OpenID Connect, with all that it keeps in memory. */
export const oidcProvider: Peer = {
  name: 'oidc-provider',
  leavesOut:
    'keeps everything in memory, lost when it ends; has no users, passwords or audit of its own',
  async start({ packages, data, people }) {
    const port = await freePort();
    const count = Math.min(people, MOST_TOKENS);
    const file = join(packages, 'oidc-provider-server.mjs');
    const server = await startPeer(file, [String(port), String(count)], data, {});
    return goOn(server, async () => {
      const tokens = JSON.parse(server.said.split('\n')[0] ?? '[]') as readonly string[];
      const connections = connect(port, MOST_CONNECTIONS);
      const refresh = (at: number): Prepared => {
        const body = `grant_type=refresh_token&client_id=bench&client_secret=bench&refresh_token=${tokens[at % tokens.length]}`;
        const headers = {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(body.length),
        };
        return { path: '/token', headers, body };
      };
      return {
        server,
        loads: {
          refresh: (count) => each((request) => sendOne(connections, request))(count, refresh),
        },
        stop: () => stop(server, connections),
      };
    });
  },
};
