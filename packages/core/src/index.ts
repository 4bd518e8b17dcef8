export { confirmByLink, type LinkOutcome } from './codes/confirm-by-link.ts';
export { receiveFile, type Received } from './imports/receive-file.ts';
export { isConfirmed } from './codes/waiting-session.ts';
export { composeEmail, composeSms, kindOf, type MessageFacts } from './messages/compose.ts';
export { poolTemplates } from './messages/templates.ts';
export { messageTemplates } from './messages/custom-message.ts';
export { draftMessage, enqueueMessage, openMessage } from './messages/enqueue.ts';
export type { MessageContent, MessageOccasion } from './messages/content.ts';
export { Failure, type Fail } from './failure.ts';
export {
  administratorsContext,
  auditedWork,
  makeExecute,
  serverContext,
  type Execute,
  type Registry,
  type ServerWork,
} from './execute.ts';
export type { Caller, TransactionContext, Operation } from './operation.ts';
export { builtOperations, registry } from './registry.ts';
export type { NotBuilt } from './not-built.ts';
export type { World } from './world.ts';
export {
  BrokenChainError,
  CHAIN_START,
  isAuthentic,
  isKeyed,
  pruningMac,
  verifyLinks,
  type ChainFault,
} from './audit/entry.ts';
export { peopleKey, showEntry, type ShownEntry } from './audit/people.ts';
export { sealOldChain } from './audit/seal-old-chain.ts';
export { chainKey, walkChain, type ChainCheck, type ChainWalk } from './audit/walk-chain.ts';
export { isAudited } from './audit/audited-operations.ts';
export type { Clock } from './ports/clock.ts';
export type { LoadWebAuthn, WebAuthnLibrary } from './ports/web-authn.ts';
export type { PasswordHasher } from './ports/hasher.ts';
export type { SrpPowers } from './ports/srp-powers.ts';
export { OverloadError, type WorkOrder } from './ports/work-order.ts';
export type { EventKind, EventListener, UserEvent } from './ports/events.ts';
export type { Metrics } from './ports/metrics.ts';
export type { AttemptBudgets } from './ports/attempt-budgets.ts';
export type { Log } from './ports/log.ts';
export type { TriggerEvent, TriggerRunner } from './ports/triggers.ts';
export * from './ports/stores/index.ts';
export { storeViews, type StoreRules } from './ports/stores/store-views.ts';
export { createClient, type CreatedClient } from './pools/create-client.ts';
export { isClientSecret } from './pools/client-secret.ts';
export { openSecrets as openProviderSecrets } from './providers/provider-secrets.ts';
export { createPool } from './pools/create-pool.ts';
export { listPasskeysOf, removePasskeyOf } from './passkeys/administer-passkeys.ts';
export { browseUsers, USER_SORTS, type UserSort } from './users/browse-users.ts';
export {
  reviewRecentPools,
  reviewUnfinishedPools,
  reviewYieldedNames,
} from './users/review-names.ts';
export { JOB_LEASE_MS, runSlice, type SliceOutcome } from './jobs/run-slice.ts';
export { rotateDataKey, type DataKeyRotation } from './rotation/rotate-data-key.ts';
export {
  rotateSigningKeys,
  type RotationParts,
  type SigningKeyRotation,
} from './rotation/rotate-signing-keys.ts';
export { openServerSecrets } from './vault/open-server-secrets.ts';
export { makeVault, proveRing, SERVER_SECRETS, type Vault } from './vault/vault.ts';
export { requireSignedIn, type SignedIn } from './tokens/authenticate.ts';
export { makeSigningKeys, type PoolSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';
export { clientId, poolId, regionOf, sub } from './domain/ids.ts';
export type { ClientId, PoolId, Sub } from './domain/ids.ts';
export type { Client, ClientSecret, ClientSettings } from './domain/clients/client.ts';
export { publicSettings, type PublicSettings } from './domain/clients/public-settings.ts';
export type { CodePlace, CodePurpose, SentCode } from './domain/passwords/code.ts';
export type { Group } from './domain/users/group.ts';
export type { Pool, PoolSettings } from './domain/pools/pool.ts';
export type {
  ConfigurationKind,
  ConfigurationPlace,
  ConfigurationValues,
  PoolConfiguration,
} from './domain/pools/pool-configuration.ts';
export type { Proof, Session, SignInOrigin } from './domain/tokens/session.ts';
export {
  EVENTS_KEPT_MS,
  type AuthEvent,
  type EventFeedback,
} from './domain/protection/auth-event.ts';
export type { Device } from './domain/devices/device.ts';
export type { IdentityProvider } from './domain/providers/identity-provider.ts';
export type { LinkedIdentity, ProviderIdentity } from './domain/providers/linked-identity.ts';
export type { WebDocuments } from './ports/web-documents.ts';
export type { ResourceServer } from './domain/resource-servers/resource-server.ts';
export type { ImportRef, UserImport } from './domain/imports/user-import.ts';
export type { Passkey } from './domain/passkeys/passkey.ts';
export type { SignInName, SignInNameKind, User, UserStatus } from './domain/users/user.ts';
export { unbuiltSettings, type UnbuiltSetting } from './domain/pools/unbuilt-settings.ts';
export { readAnyHash, type ImportedHash } from './domain/passwords/imported-hash.ts';
export { messages } from './domain/texts.ts';
export { issuerOf } from './domain/tokens/issuer.ts';
export {
  equalInConstantTime,
  hashToken,
  makeKeyRing,
  openState,
  randomText,
  randomToken,
  sealedPlaces,
  sealState,
  systemRandom,
  WrongKeyError,
  type KeyRing,
  type Random,
} from './crypto/index.ts';
