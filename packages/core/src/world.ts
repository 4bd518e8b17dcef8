import type { Random } from './crypto/index.ts';
import type { Clock } from './ports/clock.ts';
import type { Metrics } from './ports/metrics.ts';
import type { MessageMedium } from './messages/mailbox.ts';
import type { AttemptBudgets } from './ports/attempt-budgets.ts';
import type { EventListener } from './ports/events.ts';
import type { PasswordHasher } from './ports/hasher.ts';
import type { Log } from './ports/log.ts';
import type { WebDocuments } from './ports/web-documents.ts';
import type { LoadWebAuthn } from './ports/web-authn.ts';
import type { TriggerRunner } from './ports/triggers.ts';
import type { SrpPowers } from './ports/srp-powers.ts';
import type { SigningKeys } from './tokens/signing-keys.ts';
import type { IssuerForm } from './domain/tokens/issuer.ts';
import type { Vault } from './vault/vault.ts';

/** What core needs of the world beside the stores. Built once, in the server's `compose/`. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: PasswordHasher;
  readonly srp: SrpPowers;
  readonly vault: Vault;
  readonly signingKeys: SigningKeys;
  /** An optional part: what passkeys need and nothing else does. */
  readonly webAuthn: LoadWebAuthn;
  readonly documents: WebDocuments;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly attemptBudgets: AttemptBudgets;
  /** Hears what happens to users, where somebody listens. */
  readonly events?: EventListener;
  /** Calls the functions of pools' owners. Without one, what would need such a call is refused. */
  readonly triggers?: TriggerRunner;
  /** Media whose messages nobody carries: the inbox of development shows them once they are stored, which is all their sending. */
  readonly shownOnly: ReadonlySet<MessageMedium>;
  /** Whether more than one request is at work, so that what one computes holds up others. */
  readonly isBusy: () => boolean;
  /** Origin of this server without a trailing slash; links and issuers are made from it, never from a request. */
  readonly publicUrl: string;
  /** How long after a sign-in its tokens add or remove a way to sign in; without it, as long as they are valid. */
  readonly freshSignInMs?: number;
  /** The form of the issuer of pools that are made without saying one. */
  readonly issuerOfNewPools: IssuerForm;
  /** Twelve digits for ARNs; self-hosted pools have no AWS account. */
  readonly accountId: string;
}
