/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command that was understood and refused; its message is complete without a stack. */
export class RefusedCommand extends Error {
  override readonly name = 'RefusedCommand';
}
