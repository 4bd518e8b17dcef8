import { hashSync } from 'bcryptjs';

/** One hash to compute. */
export interface BcryptTask {
  /** UTF-8. Bytes beyond 72 do not count, nor does anything from a zero byte on. */
  readonly password: Uint8Array;
  /** 4 to 31: the key is set up 2 to this power times. */
  readonly cost: number;
  /** 22 characters. */
  readonly salt: string;
}

const TAG_LENGTH = 31;

/** The last 31 characters of a bcrypt hash. Only for checking passwords that other systems have hashed: ours are argon2id. */
export function bcryptTag({ password, cost, salt }: BcryptTask): string {
  // In C, where these hashes come from, a password ends at a zero.
  const [text = ''] = Buffer.from(password).toString('utf8').split('\0');
  return hashSync(text, `$2b$${String(cost).padStart(2, '0')}$${salt}`).slice(-TAG_LENGTH);
}
