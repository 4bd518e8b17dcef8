import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TestContext } from 'node:test';
import {
  decodeInput,
  encodeOutput,
  type InputOf,
  type OperationName,
  type OutputOf,
} from '@poolhouse/model';
import { sqliteTestDatabase, type MakeDatabase } from '@poolhouse/storage/testing';
import { makeKeyRing, systemRandom } from '../crypto/index.ts';
import { makeSrpServerKeys, makeSrpVerifier, srpClaim } from '../crypto/srp/srp.ts';
import { makeVault, SERVER_SECRETS, type Vault } from '../vault/vault.ts';
import { makeExecute } from '../execute.ts';
import { Failure } from '../failure.ts';
import { openMessage } from '../messages/enqueue.ts';
import type { MessageContent } from '../messages/content.ts';
import type { Caller } from '../operation.ts';
import type { EventListener } from '../ports/events.ts';
import type { PasswordHasher } from '../ports/hasher.ts';
import type { SrpPowers } from '../ports/srp-powers.ts';
import type { MetricKind, Storage } from '../ports/stores/index.ts';
import type { TriggerRunner } from '../ports/triggers.ts';
import type { AttemptBudgets } from '../ports/attempt-budgets.ts';
import { registry } from '../registry.ts';
import { makeSigningKeys, type SigningKeys } from '../tokens/signing-keys.ts';
import type { World } from '../world.ts';
import { loadWebAuthn } from './web-authn.ts';
import { keepingKeys } from './kept-keys.ts';
import { guardedStorage, guardedWorld } from './transaction-guard.ts';

/** A message as it was put in the outbox. */
export type SentMessage = MessageContent & { readonly to: string; readonly medium: string };

/** Everything that runs, over a fresh database, with a clock that tests move and a fast hasher. */
export interface Harness {
  readonly storage: Storage;
  readonly world: World;
  /** What was counted so far. */
  readonly metrics: readonly MetricKind[];
  /** Moves the clock forward. */
  advance(ms: number): void;
  /** Gives the server another public URL. */
  moveTo(publicUrl: string): void;
  /** Sends one request as HTTP would: through the decoder, the operation and the encoder. Throws {@link Failure}. */
  call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    caller?: Caller,
  ): Promise<OutputOf<Name>>;
  /** Sends a request that must be refused with this error and, where given, this text. */
  refuses<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    code: string,
    message?: string | RegExp,
  ): Promise<void>;
  /** Messages in the outbox, newest first; without the notices, which follow from changes of whatever kind. */
  messages(to?: string): Promise<readonly SentMessage[]>;
  /** Notices of changed factors in the outbox, newest first. */
  notices(to?: string): Promise<readonly SentMessage[]>;
  /** The code of the newest message to the address. */
  code(to: string): Promise<string>;
  /** Another node over the same database, with the same clock, or one that is behind; PostgreSQL only. */
  secondNode(options?: { readonly behindMs: number }): Promise<Harness>;
  /**
   * Makes a pool with one public client that allows password, SRP, admin and refresh flows. A pool that verifies phones gets
   * the SMS settings that this needs.
   */
  makePool(
    pool?: Partial<InputOf<'CreateUserPool'>>,
    client?: Partial<InputOf<'CreateUserPoolClient'>>,
  ): Promise<{ readonly UserPoolId: string; readonly ClientId: string; readonly secret?: string }>;
}

/** A text in the form of a bcrypt hash, which `testHasher` takes for that of the password. */
export function testBcrypt(password: string): string {
  const body = createHash('sha512').update(password).digest('base64').replaceAll('+', '.');
  return `$2b$10$${body.slice(0, 53)}`;
}

/** Hashes fast, for tests about everything but hashing. */
export const testHasher: PasswordHasher = {
  hash: async (password) => `$test$${createHash('sha256').update(password).digest('hex')}`,
  verify: async (phc, password, order) => phc === (await testHasher.hash(password, order)),
  verifyImported: async (hash, password) => hash === testBcrypt(password),
  verifyDecoy: async () => false,
};

/** SRP's powers on this very thread. */
export const srpHere: SrpPowers = {
  verifier: async (identity) => makeSrpVerifier(systemRandom, identity),
  serverKeys: async (verifierHex) => makeSrpServerKeys(systemRandom, verifierHex),
  claim: async (exchange) => srpClaim(exchange)?.toString('base64'),
};

const administrator: Caller = { kind: 'access-key', id: 'local', region: 'eu-west-1' };
const quiet = () => undefined;

interface HarnessOptions {
  readonly hasher?: PasswordHasher;
  readonly srp?: SrpPowers;
  readonly attemptBudgets?: AttemptBudgets;
  readonly isBusy?: World['isBusy'];
  readonly triggers?: TriggerRunner;
  /** What the web has; nothing where nothing is said. */
  readonly documents?: World['documents'];
  readonly events?: EventListener;
  readonly issuerOfNewPools?: World['issuerOfNewPools'];
  readonly freshSignInMs?: number;
  /** A fresh SQLite file where nothing is said. */
  readonly database?: MakeDatabase;
}

/** Builds a harness for one test and takes it down after it. */
export async function openHarness(
  test: Pick<TestContext, 'after'>,
  options: HarnessOptions = {},
): Promise<Harness> {
  const database = await (options.database ?? sqliteTestDatabase)();
  const opened: Storage[] = [];
  test.after(async () => {
    for (const storage of opened) await storage.close();
    await database.drop();
  });
  let nowMs = Date.UTC(2026, 10, 23, 9, 0, 0);
  const ring = makeKeyRing([{ id: 'test', key: systemRandom.bytes(32) }]);
  // All nodes make keys that no other has made.
  const counted = { pools: 0 };
  const openNode: Harness['secondNode'] = async ({ behindMs } = { behindMs: 0 }) => {
    const time = { nowMs: () => nowMs - behindMs, advance: (ms: number) => void (nowMs += ms) };
    const storage = guardedStorage(await database.open());
    opened.push(storage);
    const vault = makeVault(storage.stores, { ring, random: systemRandom, clock: time });
    const keys = makeSigningKeys(storage.stores, { vault, random: systemRandom, clock: time });
    const signingKeys = keepingKeys(keys, counted);
    return furnish(storage, { vault, signingKeys }, time, options, openNode);
  };
  const harness = await openNode();
  await harness.world.vault.create(harness.storage.stores, SERVER_SECRETS, nowMs);
  return harness;
}

/** One node: an own storage and own memory; clock, database and keys are the harness's. */
function furnish(
  storage: Storage,
  { vault, signingKeys }: { readonly vault: Vault; readonly signingKeys: SigningKeys },
  time: Pick<Harness, 'advance'> & World['clock'],
  options: HarnessOptions,
  secondNode: Harness['secondNode'],
): Harness {
  const metrics: MetricKind[] = [];
  let publicUrl = 'http://localhost:8400';
  const world = guardedWorld({
    clock: { nowMs: time.nowMs },
    random: systemRandom,
    hasher: options.hasher ?? testHasher,
    srp: options.srp ?? srpHere,
    vault,
    signingKeys,
    webAuthn: loadWebAuthn,
    documents: options.documents ?? { read: async () => undefined },
    ...(options.freshSignInMs !== undefined && { freshSignInMs: options.freshSignInMs }),
    log: { info: quiet, warn: quiet, error: quiet },
    metrics: { count: (_, kind) => void metrics.push(kind) },
    ...(options.triggers && { triggers: options.triggers }),
    ...(options.events && { events: options.events }),
    shownOnly: new Set(),
    isBusy: options.isBusy ?? (() => false),
    attemptBudgets: options.attemptBudgets ?? {
      take: () => true,
      giveBack: quiet,
      takeSignUp: () => true,
    },
    get publicUrl() {
      return publicUrl;
    },
    issuerOfNewPools: options.issuerOfNewPools ?? 'own',
    accountId: '000000000000',
  });
  const execute = makeExecute(storage, world);

  const call: Harness['call'] = async (name, input, caller = administrator) => {
    const decoded = decodeInput(name, JSON.parse(JSON.stringify(input)));
    if (!decoded.ok) throw new Failure('InvalidParameterException', decoded.message);
    const found = registry.get(name);
    assert(found, `${name} is not built`);
    const output = await execute(found, decoded.input, caller);
    return JSON.parse(JSON.stringify(encodeOutput(name, output as never))) as never;
  };
  const outbox: Harness['messages'] = async (to) => {
    const entries = await storage.stores.outbox.list({ to, limit: 100 });
    return Promise.all(
      entries.map(async (entry) => ({
        ...(await openMessage(vault, entry)),
        to: entry.to,
        medium: entry.medium,
      })),
    );
  };
  const isNotice = ({ occasion }: SentMessage) => occasion === 'FactorChange';
  const messages: Harness['messages'] = async (to) =>
    (await outbox(to)).filter((message) => !isNotice(message));
  return {
    storage,
    metrics,
    world,
    advance: time.advance,
    moveTo: (url) => void (publicUrl = url),
    secondNode,
    call,
    async refuses(name, input, code, message) {
      await assert.rejects(call(name, input), (error) => {
        if (!(error instanceof Failure)) throw error;
        assert.equal(error.code, code, error.message);
        if (typeof message === 'string') assert.equal(error.message, message);
        else if (message) assert.match(error.message, message);
        return true;
      });
    },
    messages,
    notices: async (to) => (await outbox(to)).filter(isNotice),
    async code(to) {
      const code = (await messages(to))[0]?.code;
      assert(code, `no code was sent to ${to}`);
      return code;
    },
    async makePool(pool, client) {
      const sms = pool?.AutoVerifiedAttributes?.includes('phone_number')
        ? { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/sms' } }
        : {};
      const { UserPool } = await call('CreateUserPool', { PoolName: 'test', ...sms, ...pool });
      const UserPoolId = UserPool?.Id ?? '';
      const { UserPoolClient } = await call('CreateUserPoolClient', {
        UserPoolId,
        ClientName: 'test',
        ExplicitAuthFlows: [
          'ALLOW_USER_PASSWORD_AUTH',
          'ALLOW_USER_SRP_AUTH',
          'ALLOW_ADMIN_USER_PASSWORD_AUTH',
          'ALLOW_REFRESH_TOKEN_AUTH',
        ],
        ...client,
      });
      const { ClientId = '', ClientSecret } = UserPoolClient ?? {};
      return { UserPoolId, ClientId, secret: ClientSecret };
    },
  };
}
