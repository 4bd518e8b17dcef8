import type { Log } from '@poolhouse/core';
import { below, type Response, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/** Where the inbox is in development; production has none. */
export const INBOX_PATH = '/inbox';

/** The same words for everybody, in both modes: strangers learn nothing, and whoever runs the server finds the reason. */
export function refuseInbox(response: Response): void {
  sendJson(response, { message: 'Not Found. The log of this server says why.' }, 404);
}

/** Takes the inbox's place in production. */
export function noInbox(log: Log): Route {
  let isTold = false;
  return below('/', (_, response) => {
    if (!isTold) {
      log.warn('inbox.refused', {
        reason: 'this server runs in production',
        fix: 'Messages go to users; POOLHOUSE_MODE=development keeps them in an inbox.',
      });
    }
    isTold = true;
    refuseInbox(response);
  });
}
