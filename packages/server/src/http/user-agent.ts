import type { IncomingMessage } from 'node:http';

/** Longer than any browser's; what goes on is cut off. */
const LONGEST = 512;

/** What a request says of the program that sent it, in the form of an operation's facts. Nobody has proved it. */
export function userAgentOf({ headers }: Pick<IncomingMessage, 'headers'>): {
  readonly userAgent?: string;
} {
  const text = headers['user-agent'];
  return text ? { userAgent: text.slice(0, LONGEST) } : {};
}
