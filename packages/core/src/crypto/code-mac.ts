import { createHmac, type KeyObject } from 'node:crypto';
import { frame } from './primitives/framing.ts';

/** What a sent code is bound to; it proves nothing for anything else. */
export interface CodeBinding {
  readonly purpose: string;
  readonly poolId: string;
  readonly userSub: string;
  /** Empty if an administrator asked for the code. */
  readonly clientId: string;
  /** The attribute that the code was sent to. */
  readonly attribute: string;
  /** Random, so that equal codes of one user are not stored as equal rows. */
  readonly rowId: string;
}

/** The keyed MAC under which a short code is stored, in base64url. Source: security.md 4. */
export function codeMac(key: KeyObject, binding: CodeBinding, code: string): string {
  const { purpose, poolId, userSub, clientId, attribute, rowId } = binding;
  const framed = frame(['code', purpose, poolId, userSub, clientId, attribute, rowId, code]);
  return createHmac('sha256', key).update(framed).digest('base64url');
}
