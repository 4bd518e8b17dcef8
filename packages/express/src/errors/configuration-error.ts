/** An invalid setting: the message names it and says what to use instead. Thrown at start, never by a request. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
