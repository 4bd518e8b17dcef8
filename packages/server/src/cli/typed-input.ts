import { Misshapen, type Shape } from '../shapes/shape.ts';
import { UsageError } from '../commands/usage-error.ts';

/** What somebody typed, as a command takes it; throws {@link UsageError}, in the words that `tell` chooses. */
export function typedInput<Value>(
  shape: Shape<Value>,
  given: unknown,
  tell: (wrong: Misshapen) => string,
): Value {
  try {
    return shape(given);
  } catch (error) {
    throw error instanceof Misshapen ? new UsageError(tell(error)) : error;
  }
}
