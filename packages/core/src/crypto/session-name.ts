import { createHmac, type KeyObject } from 'node:crypto';
import { frame } from './primitives/framing.ts';

const ALPHABET_SIZE = 36n;
/** Characters behind the prefix: 129 bits. */
const CHARACTERS = 25;

/**
 * The SessionId under which the API names a session that began with tokens: the same at each request, and of no use for finding the
 * session's own id, which its tokens carry, without the pool's key. Source: API model, SessionDescriptionType.SessionId.
 */
export function sessionName(key: KeyObject, sessionId: string): string {
  const mac = createHmac('sha256', key)
    .update(frame(['session-name', sessionId]))
    .digest('hex');
  const number = BigInt(`0x${mac}`) % ALPHABET_SIZE ** BigInt(CHARACTERS);
  return `tkn${number.toString(Number(ALPHABET_SIZE)).padStart(CHARACTERS, '0')}`;
}
