import type { RequestHandler, Response } from 'express';
import type { Log } from '@poolhouse/core';

/** Where the inbox is in development, and in production is not. */
export const INBOX_PATH = '/inbox';

/** The same words whoever asks, and in both modes: a stranger learns nothing of them, and who runs the server reads the reason. */
export function refuseInbox(response: Response): void {
  response.status(404).json({ message: 'Not Found. The log of this server says why.' });
}

/** What is in the place of the inbox in production. */
export function noInbox(log: Log): RequestHandler {
  let isTold = false;
  return (_, response) => {
    if (!isTold) {
      log.warn('inbox.refused', {
        reason: 'this server runs in production',
        fix: 'Messages go to users; POOLHOUSE_MODE=development keeps them in an inbox.',
      });
    }
    isTold = true;
    refuseInbox(response);
  };
}
