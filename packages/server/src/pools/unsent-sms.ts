import type { Stores } from '@poolhouse/core';
import type { ServerConfig } from '../config/config.ts';
import { everyPool } from './every-pool.ts';

/** How many pools are named at most. */
const MOST = 10;

/** What start-up prints if user pools are set up to send SMS and a production server cannot; otherwise empty. */
export async function unsentSmsText(
  stores: Pick<Stores, 'pools'>,
  { mode, sms }: Pick<ServerConfig, 'mode' | 'sms'>,
): Promise<string> {
  if (mode === 'development' || sms !== undefined) return '';
  const names: string[] = [];
  for await (const { id, name, settings } of everyPool(stores)) {
    if (settings.SmsConfiguration === undefined) continue;
    if (names.length === MOST) {
      names.push('and more');
      break;
    }
    names.push(`${name} (${id})`);
  }
  if (names.length === 0) return '';
  return `Warning: nothing is configured that sends SMS, which these user pools do: ${names.join(', ')}. Set POOLHOUSE_SMS_URL or POOLHOUSE_SMS_SNS_REGION; until then their messages wait, and end with their codes.\n`;
}
