import { StorageUnavailableError } from '@poolhouse/core';
import { StorageError } from './storage-errors.ts';

/** The SQLSTATE of a driver error, or of an error from `fromPostgres`; empty for lost connections and the like. */
export function sqlState(error: unknown): string {
  if (error instanceof StorageUnavailableError || error instanceof StorageError)
    return sqlState(error.cause);
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
}
