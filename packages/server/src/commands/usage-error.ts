/** A command line that says nothing that can be done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command that was understood and refused; its message says all there is to say. */
export class RefusedCommand extends Error {
  override readonly name = 'RefusedCommand';
}
