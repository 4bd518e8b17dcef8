import type { IncomingMessage } from 'node:http';

/** Longer than any browser's; the rest is cut off. */
const LONGEST = 512;

/** What a request says about the program that sent it, as one of an operation's facts. It is not verified. */
export function userAgentOf({ headers }: Pick<IncomingMessage, 'headers'>): {
  readonly userAgent?: string;
} {
  const text = headers['user-agent'];
  return text ? { userAgent: text.slice(0, LONGEST) } : {};
}
