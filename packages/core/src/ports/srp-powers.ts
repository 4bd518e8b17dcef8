import type { SrpExchange, SrpIdentity, SrpServerKeys, SrpVerifier } from '../crypto/index.ts';
import type { WorkOrder } from './work-order.ts';

/** SRP's powers modulo a number of 3072 bits, a millisecond and more each: off the thread that answers. Throws {@link OverloadError}. */
export interface SrpPowers {
  /** The salt and verifier of a password. */
  verifier(identity: SrpIdentity, order: WorkOrder): Promise<SrpVerifier>;
  /** A fresh pair of the server for an exchange with the holder of the verifier. */
  serverKeys(verifierHex: string, order: WorkOrder): Promise<SrpServerKeys>;
  /** The signature of who knows the password, in Base64; `undefined` when the exchange itself must be refused. */
  claim(exchange: SrpExchange, order: WorkOrder): Promise<string | undefined>;
}
