import { decoderOf } from './compile-decoder.ts';
import { UnexpectedJsonType } from './json-type.ts';
import { operations, type InputOf, type OperationName } from './operations.ts';
import { Violations } from './violations.ts';

/**
 * A decoded input, or why there is none: `serialization` for a wrong JSON type (the service answers SerializationException,
 * behaviour.md 1.4), `constraint` for broken constraints (InvalidParameterException, behaviour.md 1.5). The message is public.
 */
export type Decoded<N extends OperationName> =
  | { readonly ok: true; readonly input: InputOf<N> }
  | { readonly ok: false; readonly kind: 'serialization' | 'constraint'; readonly message: string };

/**
 * Checks a JSON value against the input of an operation and copies it: unknown members are dropped, null is an absent member,
 * objects and maps have no prototype, timestamps become epoch milliseconds. An absent body is treated like `{}`.
 * Source: behaviour.md 1.1, 1.4, 1.5; security.md X01.
 */
export function decodeInput<N extends OperationName>(name: N, json: unknown): Decoded<N> {
  const violations = new Violations();
  let input: unknown;
  try {
    input = decoderOf(operations[name].input)(json === undefined ? {} : json, '', violations);
  } catch (error) {
    if (!(error instanceof UnexpectedJsonType)) throw error;
    return { ok: false, kind: 'serialization', message: error.message };
  }
  const message = violations.message();
  if (message !== undefined) return { ok: false, kind: 'constraint', message };
  return { ok: true, input: input as InputOf<N> };
}

/**
 * The message about a text that stands in a map, such as ChallengeResponses, but has a shape of its own in the model; `undefined` when
 * nothing is wrong. `path` names it in the message.
 */
export function shapeProblem(shape: string, path: string, value: string): string | undefined {
  const violations = new Violations();
  decoderOf(shape)(value, path, violations);
  return violations.message();
}
