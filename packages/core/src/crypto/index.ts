export type { KeyObject } from 'node:crypto';
export {
  openState,
  sealState,
  type OpenedState,
  type StateOptions,
} from './sealing/authenticated-token.ts';
export { selfSignedCertificate } from './certificate.ts';
export { isSoundCoseKey } from './cose-key.ts';
export { decoyPasskey, standInPasskeyKey } from './decoy-passkey.ts';
export { passkeyMac, type PasskeyBinding } from './passkey-mac.ts';
export { codeMac, type CodeBinding } from './code-mac.ts';
export { macText, openErasable, sealErasable, type ErasableKey } from './sealing/erasable.ts';
export { equalInConstantTime } from './constant-time.ts';
export { signJwt, verifyJwt, type JwtClaims, type JwtSigner, type VerifiedJwt } from './jwt.ts';
export {
  makeKeyRing,
  unwrapDataKey,
  wrapDataKey,
  wrappingKeyId,
  type KeyEncryptionKey,
  type KeyRing,
} from './sealing/key-ring.ts';
export {
  makePoolSecrets,
  sealedMark,
  type PoolSecrets,
  type SealedPlace,
} from './sealing/pool-secrets.ts';
export { sealedPlaces } from './sealing/sealed-places.ts';
export {
  randomDigits,
  randomText,
  randomToken,
  randomUuid,
  systemRandom,
  type Random,
} from './primitives/random.ts';
export { looksLikeRefreshToken, makeRefreshToken, successorOf } from './refresh-token.ts';
export { TamperedError, WrongKeyError } from './sealing/sealing-errors.ts';
export { secretHash, secretHashMatches } from './secret-hash.ts';
export {
  generateSigningKey,
  importPrivateKey,
  publicKeyFromJwk,
  type GeneratedSigningKey,
  type PublicSigningJwk,
} from './signing-keys.ts';
export { deviceGroupKey, readDeviceVerifier, type VerifierProblem } from './srp/device-verifier.ts';
export { decoySalt, decoySrpVerifier, decoySub } from './srp/decoy-user.ts';
export {
  parseSrpPublic,
  type SrpExchange,
  type SrpIdentity,
  type SrpServerKeys,
  type SrpVerifier,
} from './srp/srp.ts';
export { isSrpTimestamp } from './srp/srp-timestamp.ts';
export { sessionName } from './session-name.ts';
export { hashToken } from './token-hash.ts';
export { makeTotpSecret, totpCode, totpStepOf } from './totp.ts';
