import { equalInConstantTime, macText, type PoolSecrets } from '../crypto/index.ts';
import {
  UPLOAD_LIFETIME_MS,
  type ImportRef,
  type UserImport,
} from '../domain/imports/user-import.ts';
import type { TransactionContext } from '../operation.ts';

/** What an address for an upload says: which import, until when, and the proof that we made it. */
export interface UploadClaim extends ImportRef {
  readonly expiresAtMs: number;
  readonly signature: string;
}

/**
 * The address to which the file is uploaded with PUT. Like that of the service, it needs no other credentials and ends soon; ours leads to this
 * server. Source: API model, UserImportJobType.PreSignedUrl; settings.md 5.6.
 */
export async function uploadAddress(
  ctx: Pick<TransactionContext<never, never>, 'secretsOf' | 'publicUrl'>,
  { poolId, id, createdAtMs }: UserImport,
): Promise<string> {
  const expiresAtMs = createdAtMs + UPLOAD_LIFETIME_MS;
  const signature = signatureOf(await ctx.secretsOf(poolId), { poolId, id, expiresAtMs });
  return `${ctx.publicUrl}/${poolId}/imports/${id}?expires=${expiresAtMs}&signature=${signature}`;
}

/** Whether we have made the address. */
export function isOurs(secrets: PoolSecrets, { signature, ...claim }: UploadClaim): boolean {
  return equalInConstantTime(signature, signatureOf(secrets, claim));
}

function signatureOf(
  secrets: PoolSecrets,
  { poolId, id, expiresAtMs }: Omit<UploadClaim, 'signature'>,
): string {
  return macText(secrets.subkey('import-upload'), JSON.stringify([poolId, id, expiresAtMs]));
}
