/** A statement failed for a reason that a retry does not fix: a bug, or damage. The driver's error is `cause`. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** The database cannot be opened. The message is for the operator and names the fix; the driver's error is `cause`. */
export class StorageOpenError extends Error {
  override readonly name = 'StorageOpenError';
}
