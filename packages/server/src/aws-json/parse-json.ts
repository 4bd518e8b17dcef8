import { MOST_VALUES, parseBoundedJson, UnreadableJson } from '../http/bounded-json.ts';
import { ProtocolFailure } from './protocol-failure.ts';

/**
 * Parses a request's body; an empty one is `undefined`. Throws SerializationException for what cannot be read or would take too long; a
 * body that is signed may contain more. Source: behaviour.md 1.4.
 */
export function parseJson(body: Buffer, isSigned: boolean): unknown {
  try {
    return parseBoundedJson(body, isSigned ? MOST_VALUES.ofAdministrators : MOST_VALUES.ofAnybody);
  } catch (error) {
    if (!(error instanceof UnreadableJson)) throw error;
    throw new ProtocolFailure(
      'SerializationException',
      'Request body is not valid JSON',
      error.message,
    );
  }
}
