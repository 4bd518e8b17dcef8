import type { Guard } from './guard.ts';
import { route, type Route } from '../site/route.ts';
import { sendJson } from '../site/send.ts';

/**
 * How text messages leave the server: to a receiver of the operator's own, through Amazon SNS, only into the inbox of development, or not
 * at all.
 */
export type SmsWay = 'webhook' | 'sns' | 'inbox' | 'none';

/** What the server's settings decide about messages, so that the console can say what a pool's settings lead to. */
export function deliveryRoutes(guard: Guard, sms: SmsWay): readonly Route[] {
  return [
    route(
      'GET',
      '/delivery',
      guard.reads('viewer', async (_, response) => {
        sendJson(response, { sms });
      }),
    ),
  ];
}
