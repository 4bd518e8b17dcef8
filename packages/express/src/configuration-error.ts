/** A setting that cannot work: the text names the setting and what to write instead. Thrown at start, never by a request. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
