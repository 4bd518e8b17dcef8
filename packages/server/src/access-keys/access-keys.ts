import { randomBytes } from 'node:crypto';
import {
  auditedWork,
  sealedPlaces,
  SERVER_SECRETS,
  type AccessKey,
  type Clock,
  type Random,
  type Storage,
  type Vault,
} from '@poolhouse/core';

/** A newly created key. Its secret is shown only at this moment. */
export interface FreshAccessKey {
  readonly id: string;
  readonly secret: string;
}

/** An access key as it is listed, without its secret. */
export type ListedAccessKey = Omit<AccessKey, 'sealedSecret'>;

/** The access keys of this server, which sign the requests of administrators and back ends. */
export interface AccessKeys {
  /** Creates a key for all pools, or for some. */
  create(wanted: {
    readonly pools?: readonly string[];
    readonly note: string;
  }): Promise<FreshAccessKey>;
  list(): Promise<readonly ListedAccessKey[]>;
  /** Disables a key for good; `false` if there is none with that id. */
  disable(id: string): Promise<boolean>;
  /** The key and its secret, or `undefined` if it is unknown or disabled. */
  secretOf(
    id: string,
  ): Promise<{ readonly secret: string; readonly pools?: readonly string[] } | undefined>;
}

/** How many opened secrets are kept in memory at most. */
const CAPACITY = 1_000;

/**
 * Access keys over their store. Secrets are sealed with the server's own data key. Creating and disabling a key, which is done on the
 * command line, is audited.
 */
export function makeAccessKeys(
  storage: Storage,
  parts: { readonly vault: Vault; readonly random: Random; readonly clock: Clock },
): AccessKeys {
  const { vault, random, clock } = parts;
  const { accessKeys } = storage.stores;
  const audited = (operation: string) =>
    auditedWork(storage, parts, { actor: 'command line', operation }).stores.accessKeys;
  const opened = new Map<string, string>();
  return {
    async create({ pools, note }) {
      const id = `PH${base32(randomBytes(10))}`;
      const secret = randomBytes(30).toString('base64url');
      const secrets = await vault.of(SERVER_SECRETS);
      const key: AccessKey = {
        id,
        sealedSecret: secrets.seal(random, sealedPlaces.accessKey(id), secret),
        enabled: true,
        note,
        createdAtMs: clock.nowMs(),
        ...(pools !== undefined && { pools }),
      };
      if (!(await audited('keys create').createIfAbsent(key))) {
        throw new Error('the key id is taken');
      }
      return { id, secret };
    },
    async list() {
      const keys = await accessKeys.list();
      return keys.map(({ sealedSecret: _, ...listed }) => listed);
    },
    disable: (id) => audited('keys disable').setEnabled(id, false),
    async secretOf(id) {
      const key = await accessKeys.get(id);
      if (key === undefined || !key.enabled) return undefined;
      let secret = opened.get(key.sealedSecret);
      if (secret === undefined) {
        const secrets = await vault.of(SERVER_SECRETS);
        secret = secrets.open(sealedPlaces.accessKey(id), key.sealedSecret).toString('utf8');
        if (opened.size >= CAPACITY) opened.clear();
        opened.set(key.sealedSecret, secret);
      }
      return { secret, pools: key.pools };
    },
  };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Buffer): string {
  let text = '';
  for (
    let bits = BigInt(`0x${bytes.toString('hex')}`), left = bytes.length * 8;
    left > 0;
    left -= 5
  ) {
    text += BASE32.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  return text;
}
