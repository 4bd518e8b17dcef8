import type { SrpExchange, SrpIdentity, SrpServerKeys, SrpVerifier } from '../crypto/index.ts';
import type { WorkOrder } from './work-order.ts';

/**
 * SRP's exponentiations modulo a number of 3072 bits, which take a millisecond and more each and so run off the main thread. Throws {@link
 * OverloadError}.
 */
export interface SrpPowers {
  /** The salt and verifier of a password. */
  verifier(identity: SrpIdentity, order: WorkOrder): Promise<SrpVerifier>;
  /** A fresh key pair of the server, for an exchange with the holder of the verifier. */
  serverKeys(verifierHex: string, order: WorkOrder): Promise<SrpServerKeys>;
  /** The signature, in Base64, of a client that knows the password; `undefined` if the exchange itself must be refused. */
  claim(exchange: SrpExchange, order: WorkOrder): Promise<string | undefined>;
}
